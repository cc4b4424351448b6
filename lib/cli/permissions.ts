import { Document, isMap, visit } from 'yaml';
import type { Vantage } from '../core/finding.ts';
import type { Need } from '../core/need.ts';
import { configurationScanner, nodeFactsNamespace } from '../scanners/configuration/index.ts';
import { conformanceHome, conformanceScanner } from '../scanners/conformance/index.ts';
import { penetrationScanner, probeHome } from '../scanners/penetration/index.ts';
import { accountNamespace, manifestsFor, type NeededNamespace, scannerAccount } from '../scanners/permissions.ts';
import { type SbomScope, sbomScanner } from '../scanners/sbom/index.ts';
import { gateNeeds } from '../workflows/gate-needs.ts';
import type { Answer } from './answer.ts';
import type { Terminal } from './terminal.ts';

export interface PermissionsFlags {
  readonly kind: 'configuration' | 'penetration' | 'conformance' | 'sbom' | 'gate';
  readonly scope?: SbomScope;
  readonly namespace?: string;
  readonly usePullSecrets?: boolean;
  readonly helmReleases?: boolean;
  readonly vantage: readonly Vantage[];
  readonly nodeFacts?: boolean;
  readonly tokenSecrets?: boolean;
  readonly kubeletProxy?: boolean;
}

/** The options of a scan that change what it needs, as the command line has them. */
const optionsText = ({ kind, nodeFacts, vantage, helmReleases, scope, namespace, usePullSecrets }: PermissionsFlags): string =>
  kind === 'sbom'
    ? `${scope === undefined ? '' : ` --scope ${scope}`}${namespace === undefined ? '' : ` --namespace ${namespace}`}${usePullSecrets ? ' --use-pull-secrets' : ''}`
    : kind === 'conformance'
      ? ''
      : kind === 'gate'
        ? helmReleases
          ? ' --helm-releases'
          : ''
        : kind === 'penetration'
          ? vantage.includes('internal')
            ? ` --vantage ${vantage.join(',')}`
            : ''
          : nodeFacts
            ? ' --node-facts'
            : '';

const header = (flags: PermissionsFlags): string =>
  [
    `What ${flags.kind === 'gate' ? 'the gate' : `${flags.kind === 'sbom' ? 'an' : 'a'} ${flags.kind} scan`}${optionsText(flags) === '' ? '' : ' with'}${optionsText(flags)} needs, and nothing more. Apply it:`,
    `  gatehouse permissions --kind ${flags.kind}${optionsText(flags)} | kubectl apply -f -`,
    'Then a token for the scan, for an hour:',
    `  kubectl -n ${accountNamespace} create token ${scannerAccount} --duration 1h`,
    ...(flags.kind === 'conformance'
      ? [
          '',
          'WARNING: the suite needs every right there is, so a conformance scan cannot be least privilege: who may bind the role cluster-admin, as',
          'these rights allow, can become administrator of the cluster. Give them to an account of its own, and take them back after the scan.',
        ]
      : []),
    ...(flags.kubeletProxy
      ? [
          '',
          'WARNING: nodes/proxy allows its holder to run commands in every pod of every node (CIS 5.1.10). Prefer a route to port 10250.',
        ]
      : []),
    ...(flags.usePullSecrets
      ? [
          '',
          'NOTE: the right to read Secrets is the right to read all of them; Gatehouse reads only those that pods name for pulling images.',
        ]
      : []),
    ...(flags.tokenSecrets
      ? ['', 'NOTE: the right to list Secrets includes their contents; Gatehouse asks for metadata only, but its token could read more.']
      : []),
  ]
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');

/** A manifest as YAML a person likes to read: short lists on one line. */
const toYaml = (manifest: unknown): string => {
  const document = new Document(manifest);
  visit(document, {
    Seq: (_key, node) => {
      if (node.items.every((item) => !isMap(item)) && node.items.length <= 6) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
};

const needed = (flags: PermissionsFlags): readonly [readonly Need[], readonly NeededNamespace[]] =>
  flags.kind === 'gate'
    ? [gateNeeds(flags.helmReleases === true), []]
    : flags.kind === 'sbom'
      ? [sbomScanner.needs({ scope: flags.scope, namespace: flags.namespace, pullSecrets: flags.usePullSecrets }), []]
      : flags.kind === 'conformance'
        ? [conformanceScanner.needs({}), [conformanceHome.namespace]]
        : flags.kind === 'penetration'
          ? [penetrationScanner.needs({ vantages: flags.vantage }), flags.vantage.includes('internal') ? [probeHome.namespace] : []]
          : [
              configurationScanner.needs({
                nodeFacts: flags.nodeFacts === true,
                tokenSecrets: flags.tokenSecrets === true,
                kubeletProxy: flags.kubeletProxy === true,
              }),
              flags.nodeFacts ? [nodeFactsNamespace] : [],
            ];

/** `gatehouse permissions` */
export const permissionsCommand = async (flags: PermissionsFlags, terminal: Terminal): Promise<Answer> => {
  const manifests = manifestsFor(...needed(flags));
  terminal.out(`${header(flags)}\n---\n${manifests.map(toYaml).join('---\n')}`);
  return { exit: 0 };
};
