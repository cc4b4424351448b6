import { type Command, Option } from 'commander';
import { path } from '../../options.ts';
import { type Group, inProject, pagedInProject, wholeNumber, words } from './spec.ts';

const loadPolicies = () => import('../actions/policies.ts');
const loadOverrides = () => import('../actions/overrides.ts');
const states = ['requested', 'approved', 'rejected', 'withdrawn'];
const version = wholeNumber(1, 999_999);
const withReason = (command: Command): Command => inProject(command).requiredOption('--reason <text>', 'why');

export const policies: Group = {
  name: 'policies',
  summary: 'policies of the upgrade gate, with their versions',
  specs: [
    {
      name: 'list',
      summary: 'policies that may decide in a project, built-in ones included',
      routes: ['policies.list'],
      options: inProject,
      examples: ['policies list'],
      load: async () => (await loadPolicies()).listPolicies,
    },
    {
      name: 'show',
      summary: 'one policy with its versions; with --document what decides, or the version that is named',
      args: '<policy>',
      routes: ['policies.get', 'policies.getVersion'],
      options: (command) =>
        inProject(command).option('--document', 'print the document and nothing else').option('--at <version>', 'this version', version),
      examples: ['policies show strict', 'policies show strict --at 2', 'policies show default --document > strict.yaml'],
      load: async () => (await loadPolicies()).showPolicy,
    },
    {
      name: 'store',
      summary: 'store a policy as a new version of its name; it decides nothing before it is activated',
      args: '<file>',
      routes: ['policies.store'],
      options: (command) => inProject(command).option('--activate', 'and activate it at once'),
      examples: ['policies store strict.yaml', 'policies store strict.yaml --activate'],
      load: async () => (await loadPolicies()).storePolicy,
    },
    {
      name: 'test',
      summary: 'try a version or a file against past evaluations: whose verdict would be another, and why',
      args: '<policy>',
      routes: ['policies.test'],
      options: (command) =>
        inProject(command)
          .option('--file <file>', 'a document that need not be stored', path)
          .option('--at <version>', 'a stored version; else the newest', version)
          .option('--cluster <cluster>', 'only evaluations of this cluster')
          .option('--evaluations <number>', 'newest evaluations at most', wholeNumber(1, 50), 20),
      examples: ['policies test strict --at 3', 'policies test strict --file strict.yaml --evaluations 50'],
      one: 'a verdict would be another',
      load: async () => (await loadPolicies()).testPolicy,
    },
    {
      name: 'activate',
      summary: 'say which version of a policy decides from now on',
      args: '<policy> <version>',
      routes: ['policies.activate'],
      options: inProject,
      examples: ['policies activate strict 3'],
      load: async () => (await loadPolicies()).activatePolicy,
    },
    {
      name: 'delete',
      summary: 'delete a policy and its versions; refused while it decides for a cluster or for the project',
      args: '<policy>',
      routes: ['policies.delete'],
      options: inProject,
      examples: ['policies delete strict'],
      load: async () => (await loadPolicies()).deletePolicy,
    },
  ],
};

export const overrides: Group = {
  name: 'overrides',
  summary: 'upgrades that go on despite a denial of the gate, because two people say so',
  specs: [
    {
      name: 'list',
      summary: 'overrides of a project, newest first',
      routes: ['overrides.list'],
      options: (command) =>
        pagedInProject(command).addOption(new Option('--state <list>', `comma-separated: ${states.join(', ')}`).argParser(words(states))),
      examples: ['overrides list --state requested'],
      load: async () => (await loadOverrides()).listOverrides,
    },
    {
      name: 'show',
      summary: 'one override',
      args: '<override>',
      routes: ['overrides.get'],
      options: inProject,
      examples: ['overrides show ovr-6a1b2c3d0123456789abcdef'],
      load: async () => (await loadOverrides()).showOverride,
    },
    {
      name: 'request',
      summary: 'ask that one upgrade goes on despite a denial; another person approves it',
      args: '<cluster>',
      routes: ['overrides.request'],
      options: (command) =>
        inProject(command)
          .requiredOption('--to <version>', 'version that the cluster is upgraded to')
          .requiredOption('--reason <text>', 'why the upgrade goes on all the same')
          .option('--hours <number>', 'how long it holds, 72 at most', wholeNumber(1, 72), 4),
      examples: ["overrides request production --to v1.36.3 --hours 8 --reason 'the budget of shop/front is handled by hand'"],
      load: async () => (await loadOverrides()).requestOverride,
    },
    {
      name: 'approve',
      summary: 'approve an override that somebody else asked for',
      args: '<override>',
      routes: ['overrides.decide'],
      options: withReason,
      examples: ["overrides approve ovr-6a1b2c3d0123456789abcdef --reason 'seen with the shop team'"],
      load: async () => (await loadOverrides()).approveOverride,
    },
    {
      name: 'reject',
      summary: 'reject an override that somebody else asked for',
      args: '<override>',
      routes: ['overrides.decide'],
      options: withReason,
      examples: ["overrides reject ovr-6a1b2c3d0123456789abcdef --reason 'it can wait until Monday'"],
      load: async () => (await loadOverrides()).rejectOverride,
    },
    {
      name: 'withdraw',
      summary: 'end an override, or take the request back',
      args: '<override>',
      routes: ['overrides.withdraw'],
      options: inProject,
      examples: ['overrides withdraw ovr-6a1b2c3d0123456789abcdef'],
      load: async () => (await loadOverrides()).withdrawOverride,
    },
  ],
};
