import type { Door, RefusedTarget } from '../../../core/probing/index.ts';
import { endpointText } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import type { Verdict } from './networks.ts';
import { addressOrder } from './spelling.ts';

/** Places, the best first: what is known best of a door that two things claim. */
const ranks: readonly Door['place'][] = ['api-server', 'published', 'dns', 'service', 'metadata', 'node'];
const rankOf = ({ place }: Door): number => ranks.indexOf(place);

const byNumber = (numbers: readonly number[]): number[] => [...new Set(numbers)].toSorted((a, b) => a - b);
const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

/** Two claims on one door: the better place says whose it is, both say what is behind it. */
const merge = (a: Door, b: Door): Door => {
  const better = rankOf(b) < rankOf(a) ? b : a;
  const other = better === a ? b : a;
  const host = better.host ?? (better.place === 'api-server' && other.place === 'api-server' ? other.host : undefined);
  return {
    ...better,
    ...(host === undefined ? {} : { host }),
    hints: byNumber([...new Set([...a.hints, ...b.hints])].slice(0, bounds.hints)),
    published: a.published || b.published,
  };
};

/** Order of doors: those of one address and owner together, whatever the order of finding. */
const orderOf = ({ place, owner, host = '', transport, port }: Door, address: string): string =>
  `${address} ${rankOf({ place } as Door)} ${owner} ${host} ${transport} ${String(port).padStart(5, '0')}`;

/** Text from the cluster, short and without anything that moves a cursor. */
const plain = (text: string, most = 100): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, most);
/** A name as Kubernetes allows it: who answers for the API server may be anybody. */
const mostName = 253;

const plainSubject = ({ subject }: Door): Door['subject'] => {
  const { name, namespace, node } = subject;
  return {
    ...subject,
    name: plain(name, mostName),
    ...(namespace === undefined ? {} : { namespace: plain(namespace, mostName) }),
    ...(node === undefined ? {} : { node: plain(node, mostName) }),
  };
};

/** Where doors and refusals are written down while they are found. Each is kept once. */
export interface DoorBook {
  add(door: Door): void;
  refuse(what: string, address: string, why: string): void;
  /** The addresses that count; the others are refused. */
  accept(what: string, addresses: readonly string[], judge: (address: string) => Verdict): readonly string[];
  doors(): readonly Door[];
  refused(): readonly RefusedTarget[];
}

export const openDoorBook = (): DoorBook => {
  /** By address, port and transport, then by host. */
  const slots = new Map<string, Map<string, Door>>();
  const refusals = new Map<string, RefusedTarget>();
  let isMore = false;
  const refuse = (what: string, address: string, why: string): void => {
    const one = { what: plain(what), address: plain(address), why };
    const key = `${one.what} ${one.address} ${why}`;
    if (refusals.has(key) || refusals.size < bounds.refusals) refusals.set(key, one);
    else isMore = true;
  };
  const more: RefusedTarget = {
    what: 'Others',
    address: `${bounds.refusals} and more`,
    why: `The cluster names more that is not contacted; the first ${bounds.refusals} are told.`,
  };
  const add = (raw: Door): void => {
    const { subject } = raw;
    if (!isPort(raw.port)) {
      refuse(`${subject.kind} ${subject.name}`, endpointText(raw), `There is no port ${raw.port}; they go from 1 to 65535.`);
      return;
    }
    const hints = byNumber(raw.hints.filter((port) => isPort(port) && port !== raw.port).slice(0, bounds.hints));
    const door = { ...raw, subject: plainSubject(raw), hints };
    const key = `${door.transport} ${endpointText(door)}`;
    if (!slots.has(key) && slots.size >= bounds.doors) {
      refuse('Doors', `${bounds.doors} and more`, `One scan knocks at ${bounds.doors} doors; name the others with --targets.`);
      return;
    }
    const slot = slots.get(key) ?? new Map<string, Door>();
    slots.set(key, slot);
    // the API server answers for all names at its port; elsewhere each name is a door of its own
    const isWhole = [door, ...slot.values()].some(({ place }) => place === 'api-server');
    const rivals = isWhole ? [...slot.values()] : [slot.get(door.host ?? '')].filter((one) => one !== undefined);
    if (isWhole) slot.clear();
    const merged = [...rivals, door].reduce(merge);
    slot.set(isWhole ? '' : (merged.host ?? ''), merged);
  };
  return {
    add,
    refuse,
    accept: (what, addresses, judge) => {
      const accepted = addresses.flatMap((address) => {
        const verdict = judge(address);
        if (!verdict.ok) refuse(what, address, verdict.why);
        return verdict.ok ? [verdict.address] : [];
      });
      return [...new Set(accepted)];
    },
    doors: () => {
      const all = [...slots.values()].flatMap((slot) => [...slot.values()]);
      const addresses = new Map([...new Set(all.map(({ address }) => address))].map((address) => [address, addressOrder(address)]));
      return all
        .map((door) => ({ door, order: orderOf(door, addresses.get(door.address) ?? '') }))
        .toSorted((a, b) => (a.order < b.order ? -1 : 1))
        .map(({ door }) => door);
    },
    refused: () =>
      [...refusals.values(), ...(isMore ? [more] : [])].toSorted((a, b) => (`${a.what} ${a.address}` < `${b.what} ${b.address}` ? -1 : 1)),
  };
};
