import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { writeTogether } from '../../../adapters/local/files.ts';
import { isObjectKey } from '../../../adapters/rules/objects.ts';
import { type Failure, failed, type Result, succeed } from '../../../core/failure.ts';
import type { Artefact, ScanRecord } from '../../../fleet/scan.ts';
import { signatureName } from '../../../reports/evidence/manifest.ts';
import { type Format, fileNames } from '../../../reports/renderers/renderer.ts';
import { isPrivate } from '../http/address.ts';
import { plain } from '../http/problem.ts';
import { inSession } from '../run.ts';
import { type ScanFlags, type ScanParams, scanOf } from '../scan-ref.ts';
import type { PrintFlags, Session } from '../session.ts';

interface DownloadFlags extends PrintFlags, ScanFlags {
  readonly format: readonly Format[];
  /** Files by name, instead of formats. */
  readonly file?: readonly string[];
  readonly out: string;
  readonly evidence?: boolean;
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

const keyName = 'public-key.pem';

/** The bytes of one file, as they come; they end in an error unless they are the ones that the link promised. */
async function* download({ client, transport }: Session, params: ScanParams, file: string, sealed: Artefact | undefined) {
  const link = await client.call('scans.download', { params: { ...params, file } });
  if (!link.ok) throw new Broken(link.failure);
  const { url: address, sha256, size } = link.value.body;
  if (sealed && sealed.sha256 !== sha256) throw broken(`the service links to another ${file} than the record of the scan names`);
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
const writeAll = async (
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

const filesOf = ({ artefacts, manifest }: ScanRecord): readonly Artefact[] => [...artefacts, ...(manifest ? [manifest] : [])];

/** Every file of a scan where the store has it, below `out`, with the key of the service beside it: `gatehouse verify` reads that. */
const downloadEvidence = async (
  session: Session,
  params: ScanParams,
  scan: ScanRecord,
  out: string,
): Promise<Result<readonly string[]>> => {
  const { client } = session;
  if (!scan.manifest) return failed('not-found', `The scan ${scan.id} is ${scan.state} and not sealed, so there is no evidence of it.`);
  const key = await client.call('service.evidenceKey');
  if (!key.ok) return key;
  // a manifest is nothing without its signature, which older records do not list
  const names = [...new Set([...filesOf(scan).map(({ name }) => name), signatureName])];
  const place = dirname(scan.manifest.key);
  if (!isObjectKey(scan.manifest.key) || names.some((name) => !isObjectKey(name) || name.includes('/')))
    return failed('answer-invalid', 'The service names files that cannot be; nothing was written.');
  const known = new Map(filesOf(scan).map((file) => [file.name, file]));
  return writeAll(join(out, place), [
    ...names.map((name) => ({ name, content: download(session, params, name, known.get(name)) })),
    { name: keyName, content: [key.value.body.pem] },
  ]);
};

export const downloadScan = inSession<DownloadFlags>(async (session, flags) => {
  const params = await scanOf(session.client, flags, 'completed');
  if (!params.ok) return params;
  const scan = await session.client.call('scans.get', { params: params.value });
  if (!scan.ok) return scan;
  const known = new Map(filesOf(scan.value.body).map((file) => [file.name, file]));
  const names = flags.file ?? flags.format.map((format) => fileNames[format]);
  const missing = names.find((name) => !known.has(name));
  if (!flags.evidence && missing !== undefined)
    return failed(
      'not-found',
      `The scan ${scan.value.body.id} has no file ${missing}; it has ${[...known.keys()].map(plain).join(', ') || 'none'}.`,
    );
  const written = flags.evidence
    ? await downloadEvidence(session, params.value, scan.value.body, flags.out)
    : await writeAll(
        flags.out,
        names.map((name) => ({ name, content: download(session, params.value, name, known.get(name)) })),
      );
  if (!written.ok) return written;
  const { manifest } = scan.value.body;
  const from = manifest && manifest.sequence > 1 ? ` --from-sequence ${manifest.sequence}` : '';
  const note = flags.evidence ? `Check it: gatehouse verify ${flags.out}${from}` : undefined;
  return succeed({ json: { files: written.value }, text: written.value.map((path) => `${path}\n`).join(''), note });
});
