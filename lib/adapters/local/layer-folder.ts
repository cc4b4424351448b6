import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, succeed } from '../../core/failure.ts';
import type { LayerCache } from '../../ports/layer-cache.ts';
import { analyserVersion } from '../../sbom/index.ts';
import { analysisPath, packAnalysis, unpackAnalysis } from '../../sbom/packed-analysis.ts';
import { fileTrouble } from './files.ts';

/** Where a user's cache is, by the rules of XDG; `undefined` where the environment tells no home. */
export const userCacheFolder = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  // a relative path is to be ignored, says XDG
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'gatehouse');
  return env.HOME ? join(env.HOME, '.cache', 'gatehouse') : undefined;
};

/** Analyses of layers in a folder, which may be deleted at any time. Several programs may use it at once. */
export const layerFolder = (folder: string, analyser = analyserVersion): LayerCache => ({
  get: async (digest) => {
    const bytes = await readFile(join(folder, analysisPath(digest, analyser))).catch(() => undefined);
    return bytes && unpackAnalysis(bytes, digest, analyser);
  },
  put: async (analysis) => {
    const path = join(folder, analysisPath(analysis.digest, analyser));
    const temporary = `${path}.${randomUUID()}.part`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(temporary, await packAnalysis(analysis), { flag: 'wx', mode: 0o600 });
      await rename(temporary, path);
      return succeed(undefined);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      return failed('output-failed', `What is known of layers cannot be kept in ${folder}: ${fileTrouble(error)}.`);
    }
  },
});
