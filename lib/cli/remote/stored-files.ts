import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { writeTogether } from '../../adapters/local/files.ts';
import { isObjectKey } from '../../adapters/rules/objects.ts';
import type { AnswerOf } from '../../api/index.ts';
import { type Failure, failed, type Result, succeed } from '../../core/failure.ts';
import type { Artefact } from '../../fleet/scan.ts';
import { signatureName } from '../../reports/evidence/manifest.ts';
import { isPrivate } from './http/address.ts';
import { plain } from './http/problem.ts';
import type { Session } from './session.ts';

/** Asks the service for a link to a file of something that is stored. */
export type LinkTo = (file: string) => Promise<Result<AnswerOf<'scans.download'>>>;

/** Something that has files: a scan or an evaluation. */
export interface Stored {
  readonly id: string;
  readonly state: string;
  readonly artefacts: readonly Artefact[];
  readonly manifest?: Artefact | undefined;
}

/** Leaves the writing of files with a reason of ours. */
class Broken extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.say);
    this.failure = failure;
  }
}
const broken = (say: string): Broken => new Broken({ code: 'answer-invalid', say });

/** The bytes of one file, as they come; they end in an error unless they are the ones that the link promised. */
export async function* download({ client, transport }: Session, linkTo: LinkTo, file: string, sealed: Artefact | undefined) {
  const link = await linkTo(file);
  if (!link.ok) throw new Broken(link.failure);
  const { url: address, sha256, size } = link.value;
  if (sealed && sealed.sha256 !== sha256) throw broken(`the service links to another ${file} than the record names`);
  const url = URL.parse(address, `${client.server}/`);
  if (url === null || !isPrivate(url)) throw broken(`the link to ${file} is not https://`);
  const opened = await transport.open(url);
  if (!opened.ok) throw new Broken(opened.failure);
  if (opened.value.status !== 200) throw broken(`the link to ${file} answers HTTP ${opened.value.status}; try again`);
  const hash = createHash('sha256');
  let length = 0;
  for await (const piece of opened.value.pieces) {
    length += piece.length;
    if (length > size) break;
    hash.update(piece);
    yield piece;
  }
  if (length !== size || hash.digest('hex') !== sha256)
    throw broken(`${file} arrived with other bytes than the service names (SHA-256 ${sha256}, ${size} bytes); it was not kept`);
}

/** Writes all files or none. A reason of the service is told as it is, not as trouble with a folder. */
export const writeAll = async (
  folder: string,
  files: readonly { readonly name: string; readonly content: AsyncGenerator<Uint8Array> | readonly string[] }[],
): Promise<Result<readonly string[]>> => {
  let reason: Failure | undefined;
  const watched = files.map(({ name, content }) => ({
    name,
    content: (async function* () {
      try {
        yield* content;
      } catch (error) {
        if (error instanceof Broken) reason = error.failure;
        else reason = { code: 'cluster-unreachable', say: `The download of ${name} broke off; try again.` };
        throw error;
      }
    })(),
  }));
  const written = await writeTogether(folder, watched);
  if (written.ok) return succeed(files.map(({ name }) => join(folder, name)));
  return reason ? { ok: false, failure: { ...reason, say: `${plain(reason.say).replace(/[.]?$/, '.')} Nothing was written.` } } : written;
};

const keyName = 'public-key.pem';

export const filesOf = ({ artefacts, manifest }: Stored): readonly Artefact[] => [...artefacts, ...(manifest ? [manifest] : [])];

/** Every file where the store has it, below `out`, with the key of the service beside it: `gatehouse verify` reads that. */
export const downloadEvidence = async (
  session: Session,
  linkTo: LinkTo,
  stored: Stored,
  out: string,
): Promise<Result<readonly string[]>> => {
  const { client } = session;
  if (!stored.manifest) return failed('not-found', `${stored.id} is ${stored.state} and not sealed, so there is no evidence of it.`);
  const key = await client.call('service.evidenceKey');
  if (!key.ok) return key;
  // a manifest is nothing without its signature, which older records do not list
  const names = [...new Set([...filesOf(stored).map(({ name }) => name), signatureName])];
  const place = dirname(stored.manifest.key);
  if (!isObjectKey(stored.manifest.key) || names.some((name) => !isObjectKey(name) || name.includes('/')))
    return failed('answer-invalid', 'The service names files that cannot be; nothing was written.');
  const known = new Map(filesOf(stored).map((file) => [file.name, file]));
  return writeAll(join(out, place), [
    ...names.map((name) => ({ name, content: download(session, linkTo, name, known.get(name)) })),
    { name: keyName, content: [key.value.body.pem] },
  ]);
};

/** Some files by name, or which one there is none of. */
export const downloadNamed = async (
  session: Session,
  linkTo: LinkTo,
  stored: Stored,
  names: readonly string[],
  out: string,
): Promise<Result<readonly string[]>> => {
  const known = new Map(filesOf(stored).map((file) => [file.name, file]));
  const missing = names.find((name) => !known.has(name));
  if (missing !== undefined)
    return failed('not-found', `${stored.id} has no file ${missing}; it has ${[...known.keys()].map(plain).join(', ') || 'none'}.`);
  return writeAll(
    out,
    names.map((name) => ({ name, content: download(session, linkTo, name, known.get(name)) })),
  );
};
