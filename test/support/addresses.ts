import { BlockList } from 'node:net';
import type { AddressAllowList, Resolve } from '../../lib/adapters/network/address-guard.ts';

/** An allow-list of IPv4 networks such as `10.0.0.0/8`. */
export const allowing = (...nets: readonly string[]): AddressAllowList => {
  const list = new BlockList();
  for (const net of nets) list.addSubnet(net.split('/')[0] ?? '', Number(net.split('/')[1]), 'ipv4');
  return { isAllowed: (address) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4'), describe: () => nets.join(', ') };
};

/** A resolver that gives these answers in turn, and the last one for ever; it counts how often it was asked. */
export const resolving = (...answers: readonly (readonly string[])[]): Resolve & { readonly asked: string[] } => {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<readonly string[]> => {
    asked.push(host);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return Object.assign(resolve, { asked });
};
