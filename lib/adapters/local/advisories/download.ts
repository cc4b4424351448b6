import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { AdvisoryCollection, AdvisorySource } from '../../../ports/advisory-source.ts';
import { advisoryFiles } from './files.ts';

/** More is no database of advisories; it would only fill the disk. */
const mostBytes = 2 * 1024 ** 3;

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > mostBytes) throw new Error('it is larger than any database of advisories');
    yield part;
  }
}

const dateOf = (header: string | null): string | undefined => {
  const at = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

const reasonOf = (error: unknown): string => {
  const { cause, message } = error as { readonly cause?: { readonly code?: string; readonly message?: string }; readonly message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
};

/** `<host>/<ecosystem>/all.zip`, into a file that goes away when it was read. */
export const downloadedAdvisories = (host: string, version: string): AdvisorySource => ({
  async fetch(ecosystem, signal): Promise<Result<AdvisoryCollection & AsyncDisposable>> {
    const url = `${host.replace(/\/+$/, '')}/${encodeURIComponent(ecosystem)}/all.zip`;
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-advisories-'));
    const dispose = () => rm(folder, { recursive: true, force: true });
    const give = async (say: string) => {
      await dispose();
      return signal.aborted ? failed('cancelled', 'Fetching advisories was cancelled.') : failed('answer-invalid', say);
    };
    try {
      const answer = await fetch(url, { signal, headers: { 'user-agent': `gatehouse/${version}` } });
      if (!answer.ok || !answer.body)
        return await give(`${url} answered with status ${answer.status}; check --host and the name of the ecosystem.`);
      const file = join(folder, `${ecosystem.replace(/[^\w.-]+/g, '-')}.zip`);
      await pipeline(Readable.from(limited(answer.body)), createWriteStream(file), { signal });
      const files = advisoryFiles(file, dateOf(answer.headers.get('last-modified')));
      return succeed({ ...files, [Symbol.asyncDispose]: dispose });
    } catch (error) {
      return give(
        `The advisories for ${ecosystem} could not be fetched from ${url} (${reasonOf(error)}); check the network, or give files with --from.`,
      );
    }
  },
});
