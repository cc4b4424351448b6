import { Document, isMap, visit } from 'yaml';
import { configurationScanner, nodeFactsNamespace } from '../scanners/configuration/index.ts';
import { accountNamespace, manifestsFor, scannerAccount } from '../scanners/permissions.ts';
import type { Answer } from './answer.ts';
import type { Terminal } from './terminal.ts';

export interface PermissionsFlags {
  readonly kind: 'configuration';
  readonly nodeFacts?: boolean;
  readonly tokenSecrets?: boolean;
  readonly kubeletProxy?: boolean;
}

const header = (flags: PermissionsFlags): string =>
  [
    `What a ${flags.kind} scan needs${flags.nodeFacts ? ', with --node-facts' : ''}, and nothing more. Apply it:`,
    `  gatehouse permissions --kind ${flags.kind}${flags.nodeFacts ? ' --node-facts' : ''} | kubectl apply -f -`,
    'Then a token for the scan, for an hour:',
    `  kubectl -n ${accountNamespace} create token ${scannerAccount} --duration 1h`,
    ...(flags.kubeletProxy
      ? [
          '',
          'WARNING: nodes/proxy allows its holder to run commands in every pod of every node (CIS 5.1.10). Prefer a route to port 10250.',
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

/** `gatehouse permissions` */
export const permissionsCommand = async (flags: PermissionsFlags, terminal: Terminal): Promise<Answer> => {
  const needs = configurationScanner.needs({
    nodeFacts: flags.nodeFacts === true,
    tokenSecrets: flags.tokenSecrets === true,
    kubeletProxy: flags.kubeletProxy === true,
  });
  const manifests = manifestsFor(needs, flags.nodeFacts ? [nodeFactsNamespace] : []);
  terminal.out(`${header(flags)}\n---\n${manifests.map(toYaml).join('---\n')}`);
  return { exit: 0 };
};
