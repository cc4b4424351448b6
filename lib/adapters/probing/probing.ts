import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Probing } from '../../ports/probing.ts';
import type { AddressGuard } from '../network/address-guard.ts';
import { createProbeSender } from './index.ts';
import type { ProbeToken } from './line.ts';
import { podProgram } from './pod-program.ts';

export interface ProbingOptions {
  readonly version: string;
  /** Where connections may go; anywhere that the scan allows without one. */
  readonly guard?: AddressGuard | undefined;
  /** Token of an account whose rights are to be tried. */
  readonly token?: ProbeToken | undefined;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

const addressesOf = async (host: string, guard: AddressGuard | undefined): Promise<Result<readonly string[]>> => {
  const name = bare(host);
  if (isIP(name)) return succeed([name]);
  try {
    return succeed(guard ? await guard.addressesOf(name) : (await lookup(name, { all: true })).map(({ address }) => address));
  } catch {
    return failed(
      'cluster-unreachable',
      `The name of the API server, ${name}, cannot be resolved from here; check the name and the DNS server, or use an address in the kubeconfig.`,
    );
  }
};

/** What a penetration scan needs of this machine. */
export const createProbing = ({ version, guard, token }: ProbingOptions): Probing => ({
  version,
  hasToken: token !== undefined,
  sender: (request) => createProbeSender({ ...request, version, guard, token: request.vantage === 'external' ? token : undefined }),
  addressesOf: (host) => addressesOf(host, guard),
  podProgram,
});
