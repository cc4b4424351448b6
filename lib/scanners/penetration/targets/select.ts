import { isWithin, type Range, readAddress, readRange } from '../../../core/address.ts';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Door, LeftOut, RefusedTarget } from '../../../core/probing/index.ts';
import type { PenetrationOptions } from '../options.ts';

/** Words that `--targets` takes beside addresses and networks, with the places they stand for. */
const words = {
  'api-server': ['api-server'],
  nodes: ['node'],
  services: ['published', 'service'],
  ingresses: ['published'],
  dns: ['dns'],
  metadata: ['metadata'],
} as const satisfies Readonly<Record<string, readonly Door['place'][]>>;

/**
 * Doors that exist for pods of the cluster only. They are no way into the networks of whoever runs Gatehouse: the pod that knocks there is of the cluster, and reaches what
 * every pod of it does.
 */
const ofPods: readonly Door['place'][] = ['service', 'dns', 'metadata'];

type Wanted = (door: Door) => boolean;

const addressIn = (ranges: readonly Range[], { address }: Door): boolean => {
  const read = readAddress(address);
  return read !== undefined && ranges.some((range) => isWithin(read, range));
};

const readRanges = (texts: readonly string[], option: string): Result<readonly Range[]> => {
  const ranges: Range[] = [];
  for (const text of texts) {
    const range = readRange(text.trim());
    if (typeof range === 'string') return failed('input-invalid', `${option}: "${text.slice(0, 60)}" ${range}.`);
    ranges.push(range);
  }
  return succeed(ranges);
};

const ofWord = (word: keyof typeof words): Wanted => {
  const places: readonly Door['place'][] = words[word];
  return ({ place, subject }) =>
    places.includes(place) && (place !== 'published' || (subject.kind === 'Ingress') === (word === 'ingresses'));
};

/** What `--targets` asks for, as a question about a door. */
const readTargets = (targets: readonly string[]): Result<Wanted> => {
  const isWord = (text: string): text is keyof typeof words => Object.hasOwn(words, text);
  const ranges = readRanges(
    targets.filter((text) => !isWord(text)),
    `--targets takes addresses, networks, and ${Object.keys(words).join(', ')}`,
  );
  if (!ranges.ok) return ranges;
  const wanted = targets.filter(isWord).map(ofWord);
  return succeed((door) => wanted.some((wants) => wants(door)) || addressIn(ranges.value, door));
};

/** Whether what the user wrote can be read at all: asked before anything else, because a mistake is better told than passed over. */
export const examineTargets = ({ targets = [], allow = [] }: Pick<PenetrationOptions, 'targets' | 'allow'>): Result<unknown> => {
  const wanted = readTargets(targets);
  return wanted.ok ? readRanges(allow, '--allow takes addresses and networks') : wanted;
};

export interface Selected {
  readonly doors: readonly Door[];
  readonly refused: readonly RefusedTarget[];
  /** How many the user asked nobody to look at, by what stands behind them. */
  readonly leftOut: readonly Omit<LeftOut, 'vantage'>[];
}

const countLeftOut = (doors: readonly Door[]): Selected['leftOut'] =>
  [...Map.groupBy(doors, ({ place, transport }) => `${place} ${transport}`).values()].flatMap((own) =>
    own.slice(0, 1).map(({ place, transport }) => ({ place, transport, doors: own.length })),
  );

/** The doors that the user asked for and that whoever runs Gatehouse lets it knock at; the others of the latter are named with the reason. */
export const selectDoors = (
  doors: readonly Door[],
  { targets, within }: Pick<PenetrationOptions, 'targets' | 'within'>,
): Result<Selected> => {
  const wanted = targets && targets.length > 0 ? readTargets(targets) : succeed<Wanted>(() => true);
  if (!wanted.ok) return wanted;
  const { asked = [], other = [] } = Object.groupBy(doors, (door) => (wanted.value(door) ? 'asked' : 'other'));
  const leftOut = countLeftOut(other);
  if (within === undefined) return succeed({ doors: asked, refused: [], leftOut });
  const ranges = readRanges(within, 'The networks of the project');
  if (!ranges.ok) return ranges;
  const isInside = (door: Door): boolean => ofPods.includes(door.place) || addressIn(ranges.value, door);
  const outside = asked.filter((door) => !isInside(door));
  const why = `It is outside the networks that scans of this project may knock at (${within.join(', ') || 'none'}).`;
  const refused = new Map(outside.map(({ address, subject: { kind, name } }) => [address, { what: `${kind} ${name}`, address, why }]));
  return succeed({ doors: asked.filter(isInside), refused: [...refused.values()], leftOut });
};
