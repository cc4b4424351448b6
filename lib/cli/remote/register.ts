import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import { path, seconds } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { clusters } from './specs/clusters.ts';
import { evaluations } from './specs/evaluations.ts';
import { roles, teams, users } from './specs/people.ts';
import { connections, trust } from './specs/pipelines.ts';
import { overrides, policies } from './specs/policies.ts';
import { scans } from './specs/scans.ts';
import { schedules } from './specs/schedules.ts';
import { signInSpecs } from './specs/sign-in.ts';
import type { Group, Spec } from './specs/spec.ts';
import { audit, projects, service, tokens } from './specs/tenant.ts';
import { waivers } from './specs/waivers.ts';
import { webhooks } from './specs/webhooks.ts';

/** Everything that works on a service. */
export const groups: readonly Group[] = [
  clusters,
  scans,
  schedules,
  evaluations,
  waivers,
  policies,
  overrides,
  projects,
  teams,
  roles,
  users,
  tokens,
  webhooks,
  connections,
  trust,
  audit,
  service,
];
export { signInSpecs };

type Run = <O>(load: () => Promise<(options: O, terminal: Terminal) => Promise<Answer>>, options: O) => Promise<void>;

/** Without `json`, the answer is for people only. */
const printless: readonly string[] = ['login', 'logout'];

const helpOf = ({ examples = [], one, more }: Spec): string =>
  [
    '',
    ...(examples.length > 0 ? ['Examples:', ...examples.map((line) => `  gatehouse ${line}`), ''] : []),
    'Exit status:',
    '  0    done',
    ...(one === undefined ? [] : [`  1    ${one}`]),
    '  2    could not do it; the reason is on standard error',
    '  130  stopped by Ctrl-C or SIGTERM',
    ...(more === undefined ? [] : ['', more]),
    '',
  ].join('\n');

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const add = (parent: Command, spec: Spec, run: Run): void => {
  const { name, args, summary, options = (command: Command) => command, load } = spec;
  const command = parent.command(name).description(summary);
  if (args !== undefined) command.arguments(args);
  options(command)
    .option('--server <url>', 'service to ask; else $GATEHOUSE_SERVER, or the only one you are signed in at')
    .option('--ca-file <file>', 'further authority to trust (PEM); else $GATEHOUSE_CA_FILE, $NODE_EXTRA_CA_CERTS', path)
    .option('--request-timeout <seconds>', 'time limit of one request', seconds, 30);
  if (!printless.includes(name)) command.option('--json', 'as JSON, as the API answers it');
  command.addHelpText('after', helpOf(spec)).action(async (...given: readonly unknown[]) => {
    const named = command.registeredArguments.map((argument, index) => [camelCase(argument.name()), given[index]] as const);
    // an argument that was left out leaves an option of its name alone
    const flags = { ...command.opts(), ...Object.fromEntries(named.filter(([, value]) => value !== undefined)) };
    await run(load, flags as never);
  });
};

/** Adds sign-in and the commands over the API to the command line. */
export const registerRemote = (program: Command, run: Run): void => {
  program.commandsGroup('On a service (--server):');
  for (const spec of signInSpecs) add(program, spec, run);
  for (const { name, summary, specs } of groups) {
    const parent = program.command(name).description(summary);
    for (const spec of specs) add(parent, spec, run);
  }
};
