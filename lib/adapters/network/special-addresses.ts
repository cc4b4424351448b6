import { BlockList, isIP, isIPv6 } from 'node:net';

/** Addresses with a meaning of their own, which nobody's cluster or receiver has; each kind completes "it …". Checked in this order. */
const special: readonly { readonly is: string; readonly isLoopback?: true; readonly subnets: readonly (readonly [string, number])[] }[] = [
  {
    is: 'is a loopback address',
    isLoopback: true,
    subnets: [
      ['127.0.0.0', 8],
      ['::1', 128],
    ],
  },
  {
    is: 'belongs to the metadata service of a cloud',
    subnets: [
      ['169.254.169.254', 32],
      // credentials of tasks and pods (AWS)
      ['169.254.170.0', 24],
      ['fd00:ec2::', 32],
      // Azure, Alibaba, Oracle, Google
      ['168.63.129.16', 32],
      ['100.100.100.200', 32],
      ['192.0.0.192', 32],
      ['fd20:ce::254', 128],
    ],
  },
  {
    is: 'is a link-local address',
    subnets: [
      ['169.254.0.0', 16],
      ['fe80::', 10],
    ],
  },
  {
    is: 'is reserved',
    subnets: [
      ['0.0.0.0', 8],
      ['224.0.0.0', 4],
      ['240.0.0.0', 4],
      ['ff00::', 8],
      // these carry an IPv4 address inside, which would pass by every rule for IPv4
      ['::', 96],
      ['64:ff9b::', 96],
      ['64:ff9b:1::', 48],
      ['2001::', 32],
      ['2002::', 16],
    ],
  },
];

const listOf = (subnets: readonly (readonly [string, number])[]): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, isIPv6(net) ? 'ipv6' : 'ipv4');
  return list;
};
const lists = special.map(({ subnets, ...kind }) => ({ ...kind, list: listOf(subnets) }));
/** Addresses of private networks. */
const privateNets = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
  ['192.0.0.0', 24],
  ['fc00::', 7],
  ['fec0::', 10],
]);

const contains = (list: BlockList, address: string): boolean => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** What is special about an address, completing "it …"; `undefined` for an ordinary one. The address is one that `plainAddress` made. */
export const specialKind = (address: string): { readonly is: string; readonly isLoopback?: true } | undefined =>
  lists.find(({ list }) => contains(list, address));

/** Whether an address is reached over the internet: neither special nor private. */
export const isPublic = (address: string): boolean => specialKind(address) === undefined && !contains(privateNets, address);

/** One spelling of an address: an IPv4 address in IPv6 clothes is IPv4. `undefined` for what is no address, or one of a single network card (`%eth0`). */
export const plainAddress = (text: string): string | undefined => {
  if (isIP(text) === 4) return text;
  if (isIP(text) !== 6 || text.includes('%')) return undefined;
  const spelled = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(spelled);
  if (!mapped) return spelled;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};
