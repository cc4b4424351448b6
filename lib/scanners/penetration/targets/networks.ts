import { type Address, isWithin, type Range, readAddress, readRange, specialOf } from '../../../core/address.ts';
import type { NodeView, RefusedTarget } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import { networkAround, spell, spellRange } from './spelling.ts';

/** The one spelling of an address that may be knocked at, or the sentence that says why it may not. */
export type Verdict = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly why: string };

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7'].map(
  (text) => readRange(text) as Range,
);

const no = (why: string): Verdict => ({ ok: false, why });
const within = (address: Address, ranges: readonly Range[]): boolean => ranges.some((range) => isWithin(address, range));
const listed = (ranges: readonly string[]): string => (ranges.length > 0 ? ` (${ranges.slice(0, 5).join(', ')})` : '');

/** Reads an address that is not special; `mayCount` decides on the rest. */
const judge = (text: string, mayCount: (address: Address) => string | undefined): Verdict => {
  const address = readAddress(text);
  if (!address) return no('It is not written as an address, and no name is ever resolved.');
  const special = specialOf(address);
  if (special) return no(`It is special (${special.is}); nothing is ever sent there.`);
  const why = mayCount(address);
  return why === undefined ? { ok: true, address: spell(address) } : no(why);
};

/** Those of some networks that hold public addresses only. Whoever names such a network says whose it is; a private one may hold others beside the cluster. */
export const publicOnly = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => {
    const range = readRange(text.trim());
    return typeof range !== 'string' && !privateRanges.some((one) => isWithin(range, one) || isWithin(one, range));
  });

export interface NetworksInput {
  readonly nodes: readonly NodeView[];
  /** Addresses of the kubeconfig's server. */
  readonly serverAddresses: readonly string[];
  readonly allow: readonly string[];
}

/** Which addresses count as the cluster's, whoever wrote them where. */
export interface Networks {
  /** An address of the server in the kubeconfig: the user named it. */
  server(text: string): Verdict;
  /** An address that a node has by its own word: private, that of the API server, or allowed. Beside the API server of a cloud are those of other people. */
  node(text: string): Verdict;
  /** An endpoint of the API server, by an EndpointSlice. */
  endpoint(text: string): Verdict;
  /** A status address or external IP of a Service or Ingress. */
  claimed(text: string): Verdict;
  /** A cluster IP or the address of a running pod: the API server or a kubelet gave it. */
  given(text: string): Verdict;
  /** Whether it is an address of a node that counts. */
  isNode(address: string): boolean;
  /** Entries of `allow` that cannot be read. */
  readonly refused: readonly RefusedTarget[];
  readonly shown: ShownNetworks;
}

/** The same as ranges, for people. */
export interface ShownNetworks {
  /** Around the private addresses of nodes. */
  readonly nodes: readonly string[];
  /** Addresses of the kubeconfig's server. */
  readonly named: readonly string[];
  /** What the user added. */
  readonly allow: readonly string[];
}

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const readAllow = (allow: readonly string[]): { readonly ranges: readonly Range[]; readonly refused: readonly RefusedTarget[] } => {
  const read = allow.map((text) => ({ text: text.trim(), range: readRange(text.trim()) }));
  return {
    ranges: read.flatMap(({ range }) => (typeof range === 'string' ? [] : [range])),
    refused: read.flatMap(({ text, range }) =>
      typeof range === 'string' ? [{ what: 'Allow-list', address: text.slice(0, 60), why: `It ${range}.` }] : [],
    ),
  };
};

/**
 * Draws the line between the cluster and third parties. Node networks are the /24 or /64 around nodes' *private* addresses: load balancers of such clusters hand out neighbours of the
 * nodes. Around a public address the neighbours are other people's, so there only the address itself counts.
 */
export const drawNetworks = ({ nodes, serverAddresses, allow }: NetworksInput): Networks => {
  const allowed = readAllow(allow);
  const named = serverAddresses.flatMap((text) => readAddress(text) ?? []);
  const isNamed = (address: Address): boolean => named.some(({ bits, value }) => bits === address.bits && value === address.value);
  const node = (text: string): Verdict =>
    judge(text, (address) =>
      within(address, privateRanges) || isNamed(address) || within(address, allowed.ranges)
        ? undefined
        : 'It is a public address, not that of the API server, and a node says itself which addresses it has; name it with --allow if it is yours.',
    );
  const own = nodes
    .flatMap(({ addresses }) => addresses.slice(0, bounds.addressesPerNode).map(node))
    .flatMap((verdict) => (verdict.ok ? [verdict.address] : []));
  const ownSet = new Set(own);
  const ownPrivate = own.map((text) => readAddress(text) as Address).filter((address) => within(address, privateRanges));
  const around = [...new Map(ownPrivate.map(networkAround).map((range) => [spellRange(range), range])).values()];
  const shownNodes = around.map(spellRange).toSorted();
  const isOwn = (address: Address): boolean => ownSet.has(spell(address)) || isNamed(address) || within(address, allowed.ranges);
  return {
    node,
    server: (text) => judge(text, () => undefined),
    given: (text) => judge(text, () => undefined),
    endpoint: (text) =>
      judge(text, (address) =>
        isOwn(address)
          ? undefined
          : 'It is no address of a node or of the API server, and endpoints can be written by others; name it with --allow if it is yours.',
      ),
    claimed: (text) =>
      judge(text, (address) =>
        isOwn(address) || within(address, around)
          ? undefined
          : `It is outside the networks of the nodes${listed(shownNodes)}, and whoever may write to the cluster could have put it there; name it with --allow if it is yours.`,
      ),
    isNode: (address) => ownSet.has(address),
    refused: allowed.refused,
    shown: {
      nodes: shownNodes,
      named: unique(named.map((address) => spell(address))).map((text) => `${text}/${text.includes(':') ? 128 : 32}`),
      allow: unique(allowed.ranges.map(spellRange)),
    },
  };
};
