import { createEvidenceFolder } from '../adapters/local/evidence-folder.ts';
import { readText } from '../adapters/local/files.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { EvidenceSource } from '../ports/evidence-source.ts';
import { readPublicKey, type TrustedKey } from '../reports/evidence/signature.ts';
import { type ChainSummary, type Expectations, type Step, shown } from '../reports/evidence/verification.ts';
import { type VerifiedEvidence, verifyStoredEvidence } from '../workflows/verify-evidence.ts';
import type { Answer } from './answer.ts';
import { type Style, styled, type Terminal } from './terminal.ts';

export interface VerifyFlags {
  readonly path: string;
  readonly key?: readonly string[];
  readonly cluster?: string;
  readonly head?: NonNullable<Expectations['head']>;
  readonly fromSequence?: number;
  readonly json?: boolean;
}

/** A folder, or a bucket: the AWS SDK is loaded for the latter only. */
const openSource = async (path: string, { now }: Terminal): Promise<Result<EvidenceSource>> =>
  path.startsWith('s3://')
    ? (await import('../adapters/aws/evidence-bucket.ts')).openEvidenceBucket(path, now)
    : succeed(createEvidenceFolder(path));

const readKeys = async (paths: readonly string[]): Promise<Result<readonly TrustedKey[]>> => {
  const keys: TrustedKey[] = [];
  for (const path of paths) {
    const text = await readText(path, 'the public key');
    if (!text.ok) return text;
    const key = readPublicKey(text.value, path);
    if (!key.ok) return key;
    keys.push(key.value);
  }
  return succeed(keys);
};

const marks: Record<Step['state'], readonly [string, Style]> = {
  fits: ['fits', 'green'],
  'does not fit': ['DOES NOT FIT', 'red'],
  'not looked at': ['not looked at', 'dim'],
};

const stepLine = (terminal: Terminal, { name, state, say }: Step): string => {
  const [mark, style] = marks[state];
  const text = state === 'fits' ? `  ${say}` : '';
  return `  ${name.padEnd(12)}  ${styled(terminal, style, mark)}${text}\n`;
};

const endsText = ({ ended, manifests, evaluations }: ChainSummary): string => {
  const scans = manifests - evaluations;
  const ends = Object.entries(ended).map(([state, number]) => `${number} ${state}`);
  return [
    ...(scans > 0 ? [`${scans === 1 ? 'scan' : 'scans'}: ${ends.join(', ')}`] : []),
    ...(evaluations > 0 ? [`${evaluations} evaluation${evaluations === 1 ? '' : 's'} of the gate`] : []),
  ].join('; ');
};

const chainLines = (chain: ChainSummary): string => {
  const { cluster, manifests, first, head, keys } = chain;
  return [
    `  Cluster  ${shown(cluster.name)} (${cluster.id})${cluster.uid === undefined ? '' : `, UID ${shown(cluster.uid)}`}`,
    `           manifests ${first} to ${head.sequence} (${manifests} here), the last sealed at ${head.sealedAt}`,
    `           ${endsText(chain)}`,
    `           head ${head.sequence}:${head.sha256}`,
    ...keys.map((key) => `           signed by ${key}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

const warning =
  'WARNING: the public key came with the evidence. This shows that the evidence is whole, NOT who made it: whoever changed it could have put in a key of their own. Get the key another way and name it with --key.';

const verdictLine = (terminal: Terminal, { fits, problem }: VerifiedEvidence): string =>
  fits ? styled(terminal, 'green', 'Everything fits.') : `${styled(terminal, 'red', 'Does not fit:')} ${problem?.say}`;

const describe = (terminal: Terminal, verified: VerifiedEvidence): string =>
  [
    verified.chains.map(chainLines).join('\n'),
    verified.steps.map((step) => stepLine(terminal, step)).join(''),
    verified.notes.map((note) => `  Note: ${note}\n`).join(''),
    `  ${verdictLine(terminal, verified)}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');

/** `gatehouse verify` */
export const verifyCommand = async (flags: VerifyFlags, terminal: Terminal): Promise<Answer> => {
  const source = await openSource(flags.path, terminal);
  if (!source.ok) return source;
  const keys = await readKeys(flags.key ?? []);
  if (!keys.ok) return keys;
  const { cluster, fromSequence, head } = flags;
  const verified = await verifyStoredEvidence({ source: source.value, keys: keys.value, expected: { cluster, fromSequence, head } });
  if (!verified.ok) return verified;
  // on standard error, so that it is read even when the rest goes into a file
  if (verified.value.shows === 'integrity only') terminal.err(`gatehouse: ${styled(terminal, 'yellow', warning)}\n`);
  terminal.out(flags.json ? `${JSON.stringify(verified.value, null, 2)}\n` : describe(terminal, verified.value));
  return { exit: verified.value.fits ? 0 : 1 };
};
