import { Option } from 'commander';
import { type Group, inProject, pagedInProject, scanKinds, words } from './spec.ts';

const load = () => import('../actions/waivers.ts');
const states = ['requested', 'approved', 'rejected', 'withdrawn'];

export const waivers: Group = {
  name: 'waivers',
  summary: 'accepted risks',
  specs: [
    {
      name: 'list',
      summary: 'waivers of a project',
      routes: ['waivers.list'],
      options: (command) =>
        pagedInProject(command).addOption(new Option('--state <list>', `comma-separated: ${states.join(', ')}`).argParser(words(states))),
      examples: ['waivers list --state requested'],
      load: async () => (await load()).listWaivers,
    },
    {
      name: 'show',
      summary: 'one waiver',
      args: '<waiver>',
      routes: ['waivers.get'],
      options: inProject,
      examples: ['waivers show wvr-0123456789ab'],
      load: async () => (await load()).showWaiver,
    },
    {
      name: 'request',
      summary: 'ask that a risk be accepted; another person approves it',
      routes: ['waivers.request'],
      options: (command) =>
        inProject(command)
          .requiredOption('--check <pattern>', 'id of a check, or a pattern with *')
          .requiredOption('--reason <text>', 'why the risk is accepted')
          .requiredOption('--owner <name>', 'who answers for it')
          .requiredOption('--expires <day>', 'last day, or time, until which it holds')
          .option('--subject <pattern>', 'subject as reports write it; any, when left out')
          .option('--cluster <pattern>', 'name of the cluster, or pattern; any, when left out')
          .addOption(new Option('--kind <kind>', 'kind of scan; any, when left out').choices(scanKinds))
          .option('--until-fixable', 'ends as soon as a fix exists'),
      examples: [
        "waivers request --check 'pods/host-network' --subject 'DaemonSet kube-system/*' --owner platform --expires 2027-03-31 --reason 'needed by the CNI'",
      ],
      load: async () => (await load()).requestWaiver,
    },
    {
      name: 'approve',
      summary: 'approve a waiver that somebody else asked for',
      args: '<waiver>',
      routes: ['waivers.decide'],
      options: (command) => inProject(command).requiredOption('--reason <text>', 'why'),
      examples: ["waivers approve wvr-0123456789ab --reason 'reviewed with the CNI team'"],
      load: async () => (await load()).approveWaiver,
    },
    {
      name: 'reject',
      summary: 'reject a waiver that somebody else asked for',
      args: '<waiver>',
      routes: ['waivers.decide'],
      options: (command) => inProject(command).requiredOption('--reason <text>', 'why'),
      examples: ["waivers reject wvr-0123456789ab --reason 'can be fixed'"],
      load: async () => (await load()).rejectWaiver,
    },
    {
      name: 'withdraw',
      summary: 'end a waiver, or take the request back',
      args: '<waiver>',
      routes: ['waivers.withdraw'],
      options: inProject,
      examples: ['waivers withdraw wvr-0123456789ab'],
      load: async () => (await load()).withdrawWaiver,
    },
  ],
};
