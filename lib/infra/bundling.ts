import { dirname, join } from 'node:path';

/** How functions are bundled; plain data, without the construct library. */
export const bundleTarget = 'node24';

/**
 * Code that was written for CommonJS asks for `require`, which ES modules do not have. The names are long because the bundler does not see this line and could choose a short one again.
 */
export const banner =
  "import{createRequire as gatehouseCreateRequire}from'node:module';import{fileURLToPath as gatehouseFileUrlToPath}from'node:url';" +
  "const require=gatehouseCreateRequire(import.meta.url),__dirname=gatehouseFileUrlToPath(new URL('.',import.meta.url));";

/** Files that are read at run time, so the bundler does not see them: the fonts of the PDF, from the packages that bring them. */
export const reportFiles: readonly string[] = [
  'dejavu-fonts-ttf/package.json',
  'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
  '@fontsource/unifontex/package.json',
  '@fontsource/unifontex/files/unifontex-latin-400-normal.woff',
];

/** Shell commands that copy files of packages beside a bundle, to the place where `require.resolve` looks for them. */
export const copyCommands = (from: string, to: string, files: readonly string[]): string[] =>
  files.flatMap((file) => {
    const target = join(to, 'node_modules', file);
    return [`mkdir -p "${dirname(target)}"`, `cp "${join(from, 'node_modules', file)}" "${target}"`];
  });

/** Whether the AWS SDK is part of the bundle or taken from the runtime: docs/adr/0020 says what was measured. */
export const bundleAwsSDK = true;
