import type { Command } from 'commander';
import { usualAdvisoryHost } from '../adapters/local/advisories/host.ts';
import { eachPath, path } from './options.ts';

const eachName = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
];

const storeOption = (command: Command): Command =>
  command
    .option('--store <folder>', 'where they are kept; default ~/.cache/gatehouse/vulnerabilities', path)
    .option('--json', 'as JSON to standard output');

/** The commands around advisories. */
export const vulnerabilityCommandsOf = (program: Command): { readonly update: Command; readonly show: Command } => {
  const group = program
    .command('vulnerabilities')
    .description('advisories that packages are compared with: fetch them, and say how old they are');
  const update = storeOption(
    group.command('update').description('fetch advisories in the OSV format, or read them from files where there is no network'),
  )
    .option('--from <path>', 'folder, zip, JSON or YAML file with advisories, instead of fetching them; may be repeated', eachPath)
    .option('--ecosystem <names>', 'only these, comma-separated: Debian, Alpine, Go, npm, …; may be repeated', eachName)
    .option('--host <url>', 'where <ecosystem>/all.zip is fetched from', usualAdvisoryHost)
    .option('--epss <file>', 'also how likely exploitation is: epss_scores-current.csv.gz of FIRST', path)
    .option('--exploited <file>', 'also what is known to be exploited: known_exploited_vulnerabilities.json of CISA', path)
    .option('--quiet', 'no progress');
  const show = storeOption(group.command('show').description('what is stored, and how old it is'));
  return { update, show };
};
