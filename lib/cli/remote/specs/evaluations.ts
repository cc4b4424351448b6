import { Option } from 'commander';
import { path } from '../../options.ts';
import { type Group, inProject, pagedInProject, wholeNumber, words } from './spec.ts';

const load = () => import('../actions/evaluations.ts');
const verdicts = ['deny', 'error', 'pending', 'warn', 'allow'];
const formats = ['pdf', 'csv', 'json'];

export const evaluations: Group = {
  name: 'evaluations',
  summary: 'what the gate said about upgrades',
  specs: [
    {
      name: 'ask',
      summary: 'may this cluster be upgraded to that version now; the same as gatehouse gate --cluster',
      routes: ['gate.evaluate'],
      options: (command) =>
        command
          .requiredOption('--cluster <cluster>', 'the cluster, by name or id')
          .requiredOption('--to <version>', 'version to upgrade to, with its patch, e.g. v1.36.3')
          .option('--policy <name>', 'policy of the project, or a built-in one; else the one of the cluster')
          .option('--max-evidence-age <length>', 'accept no older scans, e.g. 24h; never laxer than the policy')
          .option('--wait <seconds>', 'wait for the verdict', wholeNumber(0, 86_400)),
      examples: ['evaluations ask --cluster production --to v1.36.3 --wait 600'],
      one: 'not now: the verdict is deny',
      load: async () => (await import('../actions/ask-gate.ts')).askGate,
    },
    {
      name: 'list',
      summary: 'evaluations of a cluster, newest first',
      args: '<cluster>',
      routes: ['gate.list'],
      options: (command) =>
        pagedInProject(command).addOption(
          new Option('--verdict <list>', `comma-separated: ${verdicts.join(', ')}`).argParser(words(verdicts)),
        ),
      examples: ['evaluations list production --verdict deny'],
      load: async () => (await load()).listEvaluations,
    },
    {
      name: 'show',
      summary: 'one evaluation as it stands now',
      args: '<evaluation>',
      routes: ['gate.get'],
      examples: ['evaluations show 20261127T233000Z-evl-0123456789abcdef'],
      one: 'not now: the verdict is deny',
      load: async () => (await load()).showEvaluation,
    },
    {
      name: 'download',
      summary: 'its files, or all of them with their seal',
      args: '<cluster> <evaluation>',
      routes: ['gate.download'],
      options: (command) =>
        inProject(command)
          .addOption(
            new Option('--format <list>', `comma-separated: ${formats.join(', ')}`).argParser(words(formats)).default(['pdf'], 'pdf'),
          )
          .option('--evidence', 'every file with manifest, signature and key, as gatehouse verify reads them')
          .option('--out <folder>', 'where files go', path, 'gatehouse-evaluation'),
      examples: ['evaluations download production 20261127T233000Z-evl-0123456789abcdef --evidence --out evidence'],
      load: async () => (await load()).downloadEvaluation,
    },
  ],
};
