// Writes docs/generated from the code: `npm run docs`; with --check it only says what is out of date (exit status 1).
import { readFileSync, writeFileSync } from 'node:fs';
import { eventTypes, eventWords } from '../lib/core/event-type.ts';
import { rightText } from '../lib/core/need.ts';
import { permissionTable } from '../lib/fleet/table.ts';
import { frameworks } from '../lib/frameworks/index.ts';
import { openApi } from '../lib/http/openapi.ts';
import { reportColumns } from '../lib/reports/renderers/csv/report.ts';
import { comparisonSchema, reportSchema } from '../lib/reports/schemas.ts';
import { configurationScanner } from '../lib/scanners/configuration/index.ts';
import { catalogue } from '../lib/workflows/catalogue.ts';
import { cliPage } from './cli-page.ts';
import { heading, tableOf } from './markdown.ts';
import { policiesPage } from './policies-page.ts';
import { probesPage } from './probes-page.ts';

const folder = new URL('../docs/generated/', import.meta.url);
const checksPage = (): string => {
  const versions = frameworks.map(({ version }) => version).toReversed();
  const entries = catalogue();
  const numbers = (entry: (typeof entries)[number], version: string) =>
    entry.controls.find((one) => one.version === version)?.ids.join(', ') ?? '';
  const rows = entries.map((entry) => [
    `[${entry.id}](#${entry.id.replace('/', '')})`,
    entry.title,
    entry.severity,
    entry.evidence.join(', '),
    entry.decides ? '' : 'yes',
    ...versions.map((version) => numbers(entry, version)),
  ]);
  const details = entries.map(
    ({ id, title, why, repair, lookAt }) =>
      `### ${id}\n\n${title}.\n\n* Why: ${why}\n* ${lookAt ? `What to look at: ${lookAt}\n* ` : ''}Repair: ${repair}\n`,
  );
  return (
    heading(
      'Checks',
      `${entries.length} checks of the configuration scan; those of the penetration scan are in [probes.md](probes.md). The last columns are control numbers of the CIS Kubernetes Benchmark, by version. *A person decides*: the check collects facts and answers \`manual\`.`,
    ) +
    tableOf(['check', 'what holds', 'severity', 'kinds of evidence', 'a person decides', ...versions], rows) +
    `\n${details.join('\n')}`
  );
};

const permissionsPage = (): string => {
  const needs = configurationScanner.needs({ nodeFacts: true, tokenSecrets: true, kubeletProxy: true });
  const usual = configurationScanner.needs({});
  const rows = needs.map((need) => [
    `\`${rightText(need)}\``,
    need.holder === 'scanner' ? 'scan' : 'second account, for kubelets',
    usual.includes(need) ? 'always' : 'by option',
    need.purpose,
  ]);
  return (
    heading('Rights of a configuration scan', '`gatehouse permissions` prints them as objects to apply.') +
    tableOf(['right', 'held by', 'when', 'purpose'], rows)
  );
};

const csvPage = (): string =>
  heading(
    'Columns of report.csv',
    'One row per finding, in the order of the report. New columns may join at the end; none changes its name or meaning.',
  ) +
  tableOf(
    ['column', 'meaning'],
    reportColumns.map(({ name, meaning }) => [name, meaning]),
  );

const rolesPage = (): string => {
  const section = (scope: 'tenant' | 'project', title: string): string => {
    const { columns, rows } = permissionTable(scope);
    const held = rows.map(({ permission, allows, held }) => [`\`${permission}\``, allows, ...held.map((has) => (has ? 'yes' : ''))]);
    return `## ${title}\n\n${tableOf(['permission', 'may', ...columns], held)}`;
  };
  const text =
    'Built-in roles. A role of the tenant that allows `project.get` counts in every project, too; one of a project counts in the project it is given in. Permissions that no role of a table holds are left out of it; a custom role holds any of them.';
  return `${heading('Roles and permissions', text)}${section('tenant', 'Roles of the tenant')}\n${section('project', 'Roles of a project')}`;
};

const eventsPage = (): string =>
  heading(
    'Events',
    'What webhooks and event buses are told, as CloudEvents 1.0. `data` holds ids, names and numbers, never findings and never secrets; a field that has no value is left out. The same event may come twice, then under the same id.',
  ) +
  tableOf(
    ['type', 'it says', 'fields of `data`'],
    eventTypes.map((type) => {
      const { when, carries } = eventWords[type];
      return [`\`${type}\``, when, carries.length === 0 ? 'not sent yet' : carries.map((field) => `\`${field}\``).join(', ')];
    }),
  );

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const api = await openApi(version);
const exposed = await probesPage();
const pages: Readonly<Record<string, () => string>> = {
  'checks.md': checksPage,
  'probes.md': () => exposed,
  'permissions.md': permissionsPage,
  'csv-columns.md': csvPage,
  'policies.md': () =>
    heading(
      'Built-in policies',
      'A *required* check that fails, is unknown or broke denies; an *advisory* one warns. [How to write a policy](../policies.md).',
    ) + policiesPage(tableOf),
  'report.schema.json': () => json(reportSchema()),
  'comparison.schema.json': () => json(comparisonSchema()),
  'roles.md': rolesPage,
  'events.md': eventsPage,
  'openapi.json': () => json(api),
  '../cli.md': cliPage,
};

const read = (name: string): string => {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return '';
  }
};

const stale = Object.entries(pages).filter(([name, page]) => read(name) !== page());
if (process.argv.includes('--check')) {
  for (const [name] of stale)
    console.error(`${new URL(name, 'file:///docs/generated/').pathname.slice(1)} is out of date; run npm run docs.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else for (const [name, page] of stale) writeFileSync(new URL(name, folder), page());
