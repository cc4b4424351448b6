import { type Command, Option } from 'commander';
import { vantages } from '../../../core/finding.ts';
import { outcomes, severities } from '../../../core/outcome.ts';
import { conformanceOptionsOf } from '../../conformance-flags.ts';
import { path, repeated, texts } from '../../options.ts';
import { type Group, inProject, pagedInProject, scanStates, time, withKind, withThreshold, words } from './spec.ts';

const load = () => import('../actions/scans.ts');
const formats = ['pdf', 'csv', 'json', 'sarif', 'junit', 'oscal'];
const certainties = ['confirmed', 'potential'];
const latest = 'SCAN is an id, or `latest`, which it is when left out.';

export const scanOptions = (command: Command): Command =>
  conformanceOptionsOf(command)
    .option('--node-facts', 'also look at files and processes on every node, by one short-lived pod each')
    .option('--node-facts-image <image>', 'image of that pod')
    .option('--benchmark <version>', 'version of the CIS Kubernetes Benchmark; else the one for the cluster’s version')
    .addOption(new Option('--vantage <list>', `penetration: from where to look, ${vantages.join(', ')}`).argParser(words(vantages)))
    .option(
      '--targets <list>',
      'penetration: only these: api-server, nodes, services, ingresses, dns, metadata, addresses or networks',
      texts,
    )
    .option('--probe-image <image>', 'penetration: image of the pod of the internal vantage; needs Node.js');

const filters = (command: Command): Command =>
  command
    .addOption(new Option('--outcome <list>', `comma-separated: ${outcomes.join(', ')}`).argParser(words(outcomes)))
    .addOption(new Option('--severity <list>', `comma-separated: ${severities.join(', ')}`).argParser(words(severities)))
    .option('--check <pattern>', 'id of a check, or a pattern with *')
    .option('--subject <pattern>', 'subject as reports write it, e.g. "Deployment shop/*"')
    .option('--control <id>', 'control of the benchmark, e.g. 1.2.15')
    .addOption(new Option('--node-role <role>', 'findings about nodes of this role').choices(['control-plane', 'worker']))
    .addOption(new Option('--vantage <list>', `penetration: seen from one of ${vantages.join(', ')}`).argParser(words(vantages)))
    .addOption(new Option('--certainty <list>', `penetration: comma-separated: ${certainties.join(', ')}`).argParser(words(certainties)))
    .option('--waived', 'only waived ones')
    .option('--no-waived', 'only those that are not waived')
    .addOption(new Option('--changed <what>', 'failures that are new since the scan before, or were there').choices(['new', 'persisting']))
    .option('--text <text>', 'text that title, message, subject or evidence must hold')
    .addOption(new Option('--sort <order>', 'order').choices(['importance', 'severity', 'check', 'subject']));

const ends = 'a scan has failures at or above --fail-on';
const judged =
  'Exit status 2 also for a scan that failed, timed out, was cancelled or skipped, or decided fewer controls than --min-coverage. Ctrl-C leaves the scan running.';

export const scans: Group = {
  name: 'scans',
  summary: 'scans, findings and reports',
  specs: [
    {
      name: 'run',
      summary: 'run one or several kinds now',
      args: '<cluster>',
      routes: ['scans.run'],
      options: (command) =>
        withThreshold(scanOptions(withKind(inProject(command), ['configuration']))).option(
          '--wait',
          'wait for the end, and judge it as `gatehouse scan` does',
        ),
      examples: ['scans run production --wait', 'scans run production --kind configuration,penetration --wait --fail-on critical'],
      one: `with --wait: ${ends}`,
      more: judged,
      load: async () => (await import('../actions/run-scans.ts')).runScans,
    },
    {
      name: 'wait',
      summary: 'wait for the end of a scan, and judge it',
      args: '<cluster> [scan]',
      routes: ['scans.get'],
      options: (command) => withThreshold(inProject(command)),
      examples: ['scans wait production'],
      one: ends,
      more: `${latest} ${judged}`,
      load: async () => (await import('../actions/run-scans.ts')).waitForScan,
    },
    {
      name: 'list',
      summary: 'history of a cluster, newest first',
      args: '<cluster>',
      routes: ['scans.list'],
      options: (command) =>
        withKind(pagedInProject(command))
          .addOption(new Option('--state <list>', `comma-separated: ${scanStates.join(', ')}`).argParser(words(scanStates)))
          .option('--from <time>', 'asked for not before', time)
          .option('--to <time>', 'asked for not after', time),
      examples: ['scans list production', 'scans list production --state failed,skipped --from 2026-11-01'],
      load: async () => (await load()).listScans,
    },
    {
      name: 'show',
      summary: 'one scan with its progress',
      args: '<cluster> [scan]',
      routes: ['scans.get'],
      options: inProject,
      examples: ['scans show production', 'scans show production 20261127T233000Z-cfg-0123456789abcdef'],
      more: latest,
      load: async () => (await load()).showScan,
    },
    {
      name: 'cancel',
      summary: 'end a scan that has not ended',
      args: '<cluster> [scan]',
      routes: ['scans.cancel'],
      options: inProject,
      examples: ['scans cancel production'],
      more: latest,
      load: async () => (await load()).cancelScan,
    },
    {
      name: 'delete',
      summary: 'remove an ended scan from the history; its evidence stays',
      args: '<cluster> <scan>',
      routes: ['scans.delete'],
      options: inProject,
      examples: ['scans delete production 20261127T233000Z-cfg-0123456789abcdef'],
      load: async () => (await load()).deleteScan,
    },
    {
      name: 'findings',
      summary: 'findings of a completed scan',
      args: '<cluster> [scan]',
      routes: ['scans.findings'],
      options: (command) => filters(pagedInProject(command)),
      examples: [
        'scans findings production --outcome fail --no-waived',
        'scans findings production --vantage internal --certainty confirmed',
        'scans findings production --changed new --severity critical,high --all --json',
      ],
      more: latest,
      load: async () => (await load()).listFindings,
    },
    {
      name: 'download',
      summary: 'save reports, or the whole sealed evidence; every byte is proven',
      args: '<cluster> [scan]',
      routes: ['scans.download', 'service.evidenceKey'],
      options: (command) =>
        inProject(command)
          .addOption(
            new Option('--format <list>', `comma-separated: ${formats.join(', ')}`).argParser(words(formats)).default(['pdf'], 'pdf'),
          )
          .option('--file <name>', 'a stored file by name, instead; may be repeated', repeated)
          .option('--evidence', 'everything with its manifest, laid out for `gatehouse verify`')
          .option('--out <folder>', 'where to', path, 'gatehouse-report'),
      examples: [
        'scans download production --format pdf,csv --out reports',
        'scans download production --evidence --out evidence && gatehouse verify evidence',
      ],
      more: `${latest} With --evidence the public key of the service is saved, too; it came with the evidence, so for proof of origin get it another way (\`gatehouse service evidence-key\` on a machine you trust) and name it to verify --key.`,
      load: async () => (await import('../actions/download.ts')).downloadScan,
    },
    {
      name: 'compare',
      summary: 'what is new, resolved, persisting or not comparable between two scans',
      args: '<cluster> <base> <head>',
      routes: ['scans.compare'],
      options: inProject,
      examples: ['scans compare production 20261120T233000Z-cfg-0123456789abcdef 20261127T233000Z-cfg-0123456789abcdef'],
      load: async () => (await load()).compareScans,
    },
  ],
};
