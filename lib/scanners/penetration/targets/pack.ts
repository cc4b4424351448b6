import { z } from 'zod';
import { Door } from '../../../core/probing/index.ts';

/** What doors of one thing at one address share. */
const Who = Door.pick({ place: true, owner: true, published: true, host: true, subject: true });
type Who = z.infer<typeof Who>;

/** A port: alone when it is TCP, named after itself and without hints; else port, transport, name in the subject, hints. */
const Entry = z.union([z.number(), z.tuple([z.number(), z.enum(['tcp', 'udp']), z.string(), z.array(z.number())])]);
type Entry = z.infer<typeof Entry>;

/** Doors as tables that rows point into. Far smaller than the doors, because most nodes have the same ports. */
const PackedDoors = z.object({
  addresses: z.array(z.string()),
  whos: z.array(Who),
  ports: z.array(z.array(Entry)),
  /** Address, who, ports: the doors in their order. */
  rows: z.array(z.tuple([z.int(), z.int(), z.int()])),
});
export type PackedDoors = z.infer<typeof PackedDoors>;

/** A list of different things, and where each is in it. */
const table = <T>() => {
  const known = new Map<string, number>();
  const list: T[] = [];
  return {
    list,
    at(value: T): number {
      const key = JSON.stringify(value);
      const at = known.get(key) ?? list.push(value) - 1;
      known.set(key, at);
      return at;
    },
  };
};

const whoOf = ({ place, owner, published, host, subject: { port: _, ...subject } }: Door): Who => ({
  place,
  owner,
  published,
  ...(host === undefined ? {} : { host }),
  subject,
});

const entryOf = ({ port, transport, subject, hints }: Door): Entry => {
  const isPlain = transport === 'tcp' && hints.length === 0 && subject.port === `${port}/tcp`;
  return isPlain ? port : [port, transport, subject.port ?? '', hints];
};

/** Writes doors small, in their order. For JSON; compressing it is the caller's. */
export const packDoors = (doors: readonly Door[]): PackedDoors => {
  const addresses = table<string>();
  const whos = table<Who>();
  const ports = table<Entry[]>();
  const runs: { readonly address: number; readonly who: number; readonly entries: Entry[] }[] = [];
  for (const door of doors) {
    const [address, who] = [addresses.at(door.address), whos.at(whoOf(door))];
    const last = runs.at(-1);
    if (last?.address === address && last.who === who) last.entries.push(entryOf(door));
    else runs.push({ address, who, entries: [entryOf(door)] });
  }
  const rows = runs.map(({ address, who, entries }): [number, number, number] => [address, who, ports.at(entries)]);
  return { addresses: addresses.list, whos: whos.list, ports: ports.list, rows };
};

const doorOf = (address: string, { subject, ...who }: Who, entry: Entry): Door => {
  const [port, transport, name, hints] = typeof entry === 'number' ? ([entry, 'tcp', `${entry}/tcp`, []] as const) : entry;
  return { ...who, address, port, transport, hints: [...hints], subject: { ...subject, ...(name === '' ? {} : { port: name }) } };
};

/** Reads what `packDoors` wrote: the same doors in the same order. Throws on anything else, which only a defect can bring about. */
export const unpackDoors = (packed: unknown): readonly Door[] => {
  const { addresses, whos, ports, rows } = PackedDoors.parse(packed);
  return rows.flatMap(([address, who, list]) =>
    (ports[list] as readonly Entry[]).map((entry) => doorOf(addresses[address] as string, whos[who] as Who, entry)),
  );
};
