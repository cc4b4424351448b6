import { type Command, Option } from 'commander';
import { type SbomOptions, type SbomScope, sbomScopes } from '../scanners/sbom/options.ts';
import { eachPath, path } from './options.ts';

/** Options of an SBOM scan as the command line has them. */
export interface SbomScanFlags {
  readonly scope?: SbomScope;
  readonly namespace?: string;
  readonly selector?: string;
  readonly pod?: string;
  readonly usePullSecrets?: boolean;
  readonly authFile?: readonly string[];
  readonly caFile?: string;
  readonly insecureRegistry?: readonly string[];
  readonly imageArchive?: readonly string[];
  readonly vulnerabilities?: string;
  readonly vex?: readonly string[];
  readonly layerCache?: string;
}

const repeatedly = (text: string, before: readonly string[] = []): readonly string[] => [...before, path(text)];

/** Adds those that say which pods, and with which rights. */
export const sbomScopeOptionsOf = (command: Command): Command =>
  command
    .addOption(new Option('--scope <scope>', 'sbom: whose images: cluster (default), namespace, label-selector, pod').choices(sbomScopes))
    .option('--namespace <namespace>', 'sbom: namespace, for every scope but cluster')
    .option(
      '--use-pull-secrets',
      'sbom: also pull with the Secrets that pods and their ServiceAccounts name; needs the right to read them',
    );

/** Adds all of them. */
export const sbomScanOptionsOf = (command: Command): Command =>
  sbomScopeOptionsOf(command)
    .option('--selector <selector>', 'sbom: label selector, with --scope label-selector, e.g. app=front')
    .option('--pod <name>', 'sbom: pod, with --scope pod')
    .option('--auth-file <file>', 'sbom: credentials of registries, as `docker login` writes them; may be repeated', eachPath)
    .option('--ca-file <file>', 'sbom: further authority to trust for registries (PEM)', path)
    .option('--insecure-registry <host>', 'sbom: registry that speaks plain HTTP; may be repeated', repeatedly)
    .option('--image-archive <path>', 'sbom: look for images here first (OCI layout or docker-archive); may be repeated', eachPath)
    .option(
      '--vulnerabilities <folder>',
      'sbom: what `gatehouse vulnerabilities update` stored; default ~/.cache/gatehouse/vulnerabilities',
      path,
    )
    .option('--vex <file>', 'sbom: statements about vulnerabilities (OpenVEX or CycloneDX); may be repeated', eachPath)
    .option('--layer-cache <folder>', 'sbom: where to keep what is known of layers; default ~/.cache/gatehouse', path);

export const sbomChoice = ({ scope, namespace, selector, pod, usePullSecrets }: SbomScanFlags): SbomOptions => ({
  scope,
  namespace,
  labelSelector: selector,
  pod,
  pullSecrets: usePullSecrets,
});

/** Options that were given, as the user writes them. */
export const givenSbomFlags = (flags: SbomScanFlags): readonly string[] => {
  const {
    scope,
    namespace,
    selector,
    pod,
    usePullSecrets,
    authFile,
    caFile,
    insecureRegistry,
    imageArchive,
    vulnerabilities,
    vex,
    layerCache,
  } = flags;
  const given = {
    '--scope': scope,
    '--namespace': namespace,
    '--selector': selector,
    '--pod': pod,
    '--use-pull-secrets': usePullSecrets,
    '--auth-file': authFile,
    '--ca-file': caFile,
    '--insecure-registry': insecureRegistry,
    '--image-archive': imageArchive,
    '--vulnerabilities': vulnerabilities,
    '--vex': vex,
    '--layer-cache': layerCache,
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
};
