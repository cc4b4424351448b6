import type { Command } from 'commander';
import { path, repeated } from '../../options.ts';
import { type Group, inProject, pagedInProject, policyOptions } from './spec.ts';

const load = () => import('../actions/clusters.ts');

const kubeconfig = (command: Command): Command =>
  command
    .option('--kubeconfig <file>', 'kubeconfig to take it from; else $KUBECONFIG or ~/.kube/config', path)
    .option('--context <name>', 'context of the kubeconfig; else its current one');
const fields = (command: Command): Command =>
  command
    .option('--description <text>', 'free text for people')
    .option('--tag <tag>', '`key` or `key:value`; may be repeated', repeated)
    .option('--time-zone <zone>', 'IANA time zone of its schedules, e.g. Europe/Zurich');

const minimal =
  'Only the chosen context is sent, with the contents of the files that it names. Nothing that runs a program (exec) can be stored: make a ServiceAccount instead, `gatehouse permissions` prints with which rights.';

export const clusters: Group = {
  name: 'clusters',
  summary: 'registered clusters',
  specs: [
    {
      name: 'list',
      summary: 'clusters of a project with their health',
      routes: ['clusters.list'],
      options: (command) => pagedInProject(command).option('--removed', 'also removed ones, whose evidence stays'),
      examples: ['clusters list', 'clusters list --project shop --all --json'],
      load: async () => (await load()).listClusters,
    },
    {
      name: 'show',
      summary: 'one cluster with its health as last seen',
      args: '<cluster>',
      routes: ['clusters.get'],
      options: inProject,
      examples: ['clusters show production'],
      load: async () => (await load()).showCluster,
    },
    {
      name: 'add',
      summary: 'register a cluster by a context of your kubeconfig',
      args: '<name>',
      routes: ['clusters.create'],
      options: (command) => fields(kubeconfig(inProject(command))),
      examples: [
        'clusters add production --kubeconfig scanner.yaml',
        'clusters add lab --context lab --time-zone Europe/Zurich --tag stage:test',
      ],
      more: minimal,
      load: async () => (await load()).addCluster,
    },
    {
      name: 'update',
      summary: 'change name, description, tags, time zone or the policy that decides about its upgrades',
      args: '<cluster>',
      routes: ['clusters.update'],
      options: (command) => policyOptions(fields(inProject(command)).option('--name <name>', 'new name'), 'that of the project decides'),
      examples: ['clusters update lab --name lab-2', 'clusters update lab --policy strict'],
      load: async () => (await load()).updateCluster,
    },
    {
      name: 'set-credentials',
      summary: 'replace the stored kubeconfig; it must lead to the same cluster',
      args: '<cluster>',
      routes: ['clusters.setCredentials'],
      options: (command) => kubeconfig(inProject(command)),
      examples: ['clusters set-credentials production --kubeconfig renewed.yaml'],
      more: minimal,
      load: async () => (await load()).setCredentials,
    },
    {
      name: 'test',
      summary: 'look at the cluster now',
      args: '<cluster>',
      routes: ['clusters.test'],
      options: inProject,
      examples: ['clusters test production'],
      load: async () => (await load()).testCluster,
    },
    {
      name: 'kinds',
      summary: 'the kinds of scans with their newest runs and schedules',
      args: '<cluster>',
      routes: ['clusters.kinds'],
      options: inProject,
      examples: ['clusters kinds production'],
      load: async () => (await load()).showKinds,
    },
    {
      name: 'remove',
      summary: 'remove a cluster: schedules and scans end at once, evidence stays',
      args: '<cluster>',
      routes: ['clusters.delete'],
      options: (command) => inProject(command).requiredOption('--yes-remove <cluster>', 'the cluster, typed again'),
      examples: ['clusters remove lab --yes-remove lab'],
      load: async () => (await load()).removeCluster,
    },
  ],
};
