import type { NodeFilesFact, Slice } from '../../core/facts/index.ts';
import { type Answer, type FlagCheck, fails, flagChecks, holds, needsPerson, settingsCheck, type Words } from './flag-check.ts';
import type { Settings } from './flags.ts';

/** With a configuration file etcd ignores every other flag and variable. */
export const settingsFile = (settings: Settings): Answer | undefined => {
  if (!settings.has('config-file')) return undefined;
  const file = settings.text('config-file');
  return needsPerson(
    `etcd takes all its settings from the file ${file} and ignores its flags.`,
    `Look into ${file} on the control-plane nodes; its sections client-transport-security and peer-transport-security hold the TLS settings.`,
  );
};

/** A check of the settings of every etcd member that runs as a static pod. */
export const etcdCheck = settingsCheck('etcd', settingsFile);
/** The usual statements about flags of etcd. */
export const etcdFlags = flagChecks('etcd', etcdCheck);

/** Where etcd listens unless told otherwise. */
const defaultUrls = { 'listen-client-urls': 'http://localhost:2379', 'listen-peer-urls': 'http://localhost:2380' };
type Listen = keyof typeof defaultUrls;

/** URLs that etcd serves without TLS; over them neither certificates nor client certificates mean anything. */
const plainUrls = (settings: Settings, listen: Listen): readonly string[] =>
  settings.list(listen, [defaultUrls[listen]]).filter((url) => url.startsWith('http://'));

/** etcd has a certificate, and serves these URLs with it and not otherwise. */
export const etcdTlsCheck = ({
  flags,
  listen,
  ...words
}: Words & { readonly flags: readonly string[]; readonly listen: Listen }): FlagCheck =>
  etcdCheck(words, (settings) => {
    const missing = flags.filter((flag) => settings.text(flag) === '');
    const plain = plainUrls(settings, listen);
    if (missing.length > 0) return fails(`etcd has no ${missing.map((flag) => `\`--${flag}\``).join(' and ')}.`);
    return plain.length > 0
      ? fails(`etcd has a certificate and serves ${plain.join(', ')} without TLS all the same.`)
      : holds('etcd has a certificate and serves no URL without TLS.');
  });

/** etcd demands certificates of whoever connects to these URLs. */
export const etcdClientAuthCheck = ({ flag, listen, ...words }: Words & { readonly flag: string; readonly listen: Listen }): FlagCheck =>
  etcdCheck(words, (settings) => {
    const isDemanded = settings.boolean(flag, false);
    const plain = plainUrls(settings, listen);
    if (!isDemanded) return fails(`etcd runs with \`--${flag}=false\`${settings.has(flag) ? '' : ', which is the default'}.`);
    return plain.length > 0
      ? fails(`etcd can demand no certificates at ${plain.join(', ')}, which it serves without TLS.`)
      : holds(`etcd runs with \`--${flag}=true\`.`);
  });

/** The certificates in a file on a node, each on one line; undefined where the file was not read. */
export const certificatesOn = (
  node: string | undefined,
  path: string,
  nodeFiles: Slice<readonly NodeFilesFact[]>,
): readonly string[] | undefined => {
  const files = nodeFiles.read ? nodeFiles.value.find((one) => one.node === node) : undefined;
  const text = files?.read ? files.documents[path] : undefined;
  const blocks = text?.replace(/\s/g, '').match(/-BEGINCERTIFICATE-+[^-]+-+ENDCERTIFICATE-/g);
  return blocks ?? undefined;
};
