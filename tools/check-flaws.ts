// Compares the tables of known flaws with the records they name in the Go vulnerability database: node tools/check-flaws.ts [folder of OSV records]. Without a folder the records are fetched.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AffectedRange } from '../lib/checks/exposure/versions/flaw.ts';
import { flaws } from '../lib/checks/exposure/versions/flaws.ts';

const Event = z.object({ introduced: z.string().optional(), fixed: z.string().optional() });
const Vulnerability = z.object({
  id: z.string(),
  withdrawn: z.string().optional(),
  affected: z.array(
    z.object({
      package: z.object({ name: z.string() }),
      ranges: z.array(z.object({ events: z.array(Event) })).optional(),
      ecosystem_specific: z.object({ custom_ranges: z.array(z.object({ events: z.array(Event) })).optional() }).nullish(),
    }),
  ),
});
type Vulnerability = z.infer<typeof Vulnerability>;

const [folder] = process.argv.slice(2);
const read = async (id: string): Promise<Vulnerability> => {
  if (folder !== undefined) return Vulnerability.parse(JSON.parse(readFileSync(`${folder}/${id}.json`, 'utf8')));
  const answer = await fetch(`https://vuln.go.dev/ID/${id}.json`, { signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return Vulnerability.parse(await answer.json());
};

/** Fixed versions of a record, those that ordinary ranges cannot hold included. */
const fixesIn = ({ affected }: Vulnerability): ReadonlySet<string> =>
  new Set(
    affected
      .flatMap(({ ranges = [], ecosystem_specific: more }) => [...ranges, ...(more?.custom_ranges ?? [])])
      .flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? [])),
  );
const fixesOf = (affected: readonly AffectedRange[]): readonly string[] => affected.flatMap(([, fixed]) => fixed ?? []);

let differing = 0;
let unread = 0;
for (const { cve, component, affected, source } of flaws) {
  const id = /^https:\/\/pkg\.go\.dev\/vuln\/(GO-[\d-]+)$/.exec(source)?.[1];
  if (id === undefined) continue;
  try {
    const record = await read(id);
    const theirs = fixesIn(record);
    const missing = fixesOf(affected).filter((fixed) => !theirs.has(fixed));
    if (missing.length > 0 || record.withdrawn !== undefined) {
      differing += 1;
      process.stdout.write(
        `${cve} in ${component}: ${record.withdrawn === undefined ? `${id} does not name ${missing.join(', ')}` : 'withdrawn'}\n`,
      );
    }
  } catch (error) {
    unread += 1;
    process.stdout.write(`${cve} in ${component}: ${id} could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`${differing} rows differ, ${unread} records could not be read.\n`);
process.exitCode = differing + unread > 0 ? 1 : 0;
