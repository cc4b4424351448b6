import { z } from 'zod';

export const IndexManifest = z
  .object({
    schemaVersion: z.literal(1),
    ecosystem: z.string().describe('Without a release: `Debian`, `npm`'),
    advisories: z.int().describe('Advisories in the index; withdrawn ones are left out'),
    withdrawn: z.int().describe('Advisories left out because their database took them back'),
    packages: z.int().describe('Packages with at least one advisory'),
    newest: z.string().nullable().describe('When the newest advisory was modified or published; null when none says so'),
    dataDate: z.string().nullable().describe('As of when the data is: told by the source, else the same as `newest`'),
    releases: z.array(z.string()).describe('Releases of a distribution that have advisories: `12`; empty for other ecosystems'),
    shards: z
      .array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int() }))
      .describe('Packages by hash; a power of two of them. A name changes with its content, so that unchanged shards are stored once'),
  })
  .meta({ id: 'IndexManifest', description: 'What is known of the vulnerabilities of one ecosystem, and where it lies.' });
export type IndexManifest = z.infer<typeof IndexManifest>;
