import { InvalidArgumentError } from 'commander';
import type { Answer } from './answer.ts';
import type { GateFlags } from './gate.ts';
import type { AskGateFlags } from './remote/actions/ask-gate.ts';
import type { Terminal } from './terminal.ts';

/** A wait of `--wait`: a number of seconds, up to a day. */
export const waitSeconds = (text: string): number => {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 86_400) throw new InvalidArgumentError('It must be a number of seconds, at most 86400.');
  return number;
};

/** The gate over a kubeconfig; or that of a service, where one or a cluster of one is named. */
export const gateOf = async (
  flags: GateFlags & Omit<AskGateFlags, 'wait'> & { readonly wait?: number | true },
  terminal: Terminal,
): Promise<Answer> => {
  if (flags.server === undefined && flags.cluster === undefined) return (await import('./gate.ts')).gateCommand(flags, terminal);
  const { wait, ...rest } = flags;
  const seconds = wait === true ? 600 : wait;
  return (await import('./remote/actions/ask-gate.ts')).askGate({ ...rest, ...(seconds === undefined ? {} : { wait: seconds }) }, terminal);
};
