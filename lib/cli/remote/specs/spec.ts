import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RouteId } from '../../../api/index.ts';
import { severities } from '../../../core/outcome.ts';
import type { Answer } from '../../answer.ts';
import { repeated } from '../../options.ts';
import type { Terminal } from '../../terminal.ts';

// Loaded by every command line, `gatehouse scan` too: nothing here may import a schema, a client or an action.

/** One command over the API, as data: the command line, its page in the docs and a test are made from it. */
export interface Spec {
  /** `list` of `teams list`; empty for the commands that stand alone. */
  readonly name: string;
  readonly summary: string;
  /** Arguments: `<cluster> [scan]`. Each is handed to the action under its name. */
  readonly args?: string;
  /** Routes that it is there for. */
  readonly routes: readonly RouteId[];
  readonly options?: (command: Command) => Command;
  /** Without `gatehouse`. */
  readonly examples?: readonly string[];
  /** What exit status 1 means, where there is one. */
  readonly one?: string;
  readonly more?: string;
  readonly load: () => Promise<(flags: never, terminal: Terminal) => Promise<Answer>>;
}
export interface Group {
  readonly name: string;
  readonly summary: string;
  readonly specs: readonly Spec[];
}

export const scanKinds = ['configuration', 'penetration', 'conformance', 'sbom'] as const;
export const scanStates = ['queued', 'running', 'completed', 'failed', 'timed-out', 'cancelled', 'skipped'] as const;

/** A comma-separated list of some words. */
export const words =
  (allowed: readonly string[]) =>
  (text: string): readonly string[] => {
    const given = text.split(',').map((one) => one.trim());
    const wrong = given.find((one) => !allowed.includes(one));
    if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not one of ${allowed.join(', ')}.`);
    return [...new Set(given)];
  };
export const wholeNumber =
  (from: number, to: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d{1,6}$/.test(text) || number < from || number > to)
      throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`);
    return number;
  };
export const time = (text: string): string => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It must be a day or a time such as 2026-11-27 or 2026-11-27T13:00:00Z.');
  return new Date(ms).toISOString();
};

export const inProject = (command: Command): Command => command.option('--project <project>', 'project, by name or id', 'default');
/** Which policy of the gate decides. */
export const policyOptions = (command: Command, without: string): Command =>
  command
    .option('--policy <name>', 'policy that decides about upgrades; takes the permission policy.update')
    .option('--no-policy', without);
export const paged = (command: Command): Command =>
  command
    .option('--all', 'every page')
    .option('--limit <number>', 'items of a page at most', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'page to begin with, as the page before said');
export const pagedInProject = (command: Command): Command => paged(inProject(command));
export const withRoles = (command: Command): Command =>
  command
    .option('--role <role>', 'role in the whole tenant, by name or id; may be repeated', repeated)
    .option('--project-role <project=role>', 'role in one project; may be repeated', repeated);
export const noRoles = (command: Command): Command => withRoles(command).option('--no-roles', 'take all roles away');
export const withKind = (command: Command, usual?: readonly string[]): Command =>
  command.addOption(
    new Option('--kind <list>', `comma-separated: ${scanKinds.join(', ')}`).argParser(words(scanKinds)).default(usual, usual?.join()),
  );
export const withThreshold = (command: Command): Command =>
  command
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity of a failure that ends with exit status 1')
        .choices([...severities, 'never'])
        .default('high'),
    )
    .option('--min-coverage <percent>', 'share of controls that must be decided, else exit status 2', wholeNumber(0, 100), 50)
    .option('--quiet', 'no progress');
