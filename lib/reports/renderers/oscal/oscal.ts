import type { Finding, Report } from '../../report.ts';
import type { Rendered } from '../renderer.ts';
import { frameworkText, kindText } from '../words.ts';
import { controlFinding, reviewedControls } from './controls.ts';
import { inventoryOf, observationOf } from './observations.ts';
import { clusterUuid, propsOf, proseOf, titleOf, toolUuid, uuidOf } from './parts.ts';
import { riskOf } from './risks.ts';

const planUuid = ({ scan }: Report): string =>
  uuidOf('plan', scan.kind, scan.tool.version, String(scan.tool.scannerVersion), scan.benchmark.framework, scan.benchmark.version);
const storedUuid = ({ scan }: Report): string => uuidOf('report', scan.id);

const metadata = ({ scan }: Report) => ({
  title: titleOf(`${kindText(scan.kind)} of cluster ${scan.cluster.name}`),
  'last-modified': scan.endedAt,
  version: scan.id,
  'oscal-version': '1.1.3',
  props: propsOf({ 'scan-id': scan.id, kind: scan.kind, trigger: scan.trigger, actor: scan.actor }),
});

const definitions = (report: Report) => {
  const { tool, cluster } = report.scan;
  return {
    components: [
      {
        uuid: clusterUuid(report),
        type: 'system',
        title: titleOf(cluster.name),
        description: proseOf(`Kubernetes cluster ${cluster.name}, ${cluster.kubernetesVersion}.`),
        props: propsOf({ 'cluster-id': cluster.id, 'kubernetes-version': cluster.kubernetesVersion, nodes: cluster.nodes.length }),
        status: { state: 'operational' },
      },
    ],
    'assessment-assets': {
      components: [
        {
          uuid: toolUuid(report),
          type: 'software',
          title: 'Gatehouse',
          description: 'Scans Kubernetes clusters.',
          props: propsOf({ version: tool.version, 'scanner-version': tool.scannerVersion }),
          status: { state: 'operational' },
        },
      ],
      'assessment-platforms': [
        { uuid: uuidOf('platform', tool.version), title: 'Gatehouse', 'uses-components': [{ 'component-uuid': toolUuid(report) }] },
      ],
    },
  };
};

const byControl = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const own = new Map<string, Finding[]>();
  for (const finding of findings)
    for (const { id } of finding.controls) {
      const others = own.get(id);
      if (others) others.push(finding);
      else own.set(id, [finding]);
    }
  return own;
};

/** `timed-out` of `timedOut`. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What each vantage tried and reached. */
const reached = ({ network }: Report): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (network?.vantages ?? []).flatMap(({ vantage, ...numbers }) =>
      Object.entries(numbers).map(([name, number]) => [`${vantage}-${kebab(name)}`, number ?? 0]),
    ),
  );

/** What a result says before its lists. */
const resultHead = (report: Report) => {
  const { scan, coverage, counts } = report;
  return {
    uuid: uuidOf('result', scan.id),
    title: titleOf(`${kindText(scan.kind)} of cluster ${scan.cluster.name}`),
    description: proseOf(
      `${coverage.decided} of ${coverage.total} controls decided; ${coverage.manual} need a person, ${coverage.unknown} could not be looked at, the checks of ${coverage.error} broke.`,
    ),
    start: scan.startedAt,
    end: scan.endedAt,
    props: propsOf({
      'controls-total': coverage.total,
      'controls-decided': coverage.decided,
      'benchmark-in-range': scan.benchmark.inRange,
      ...Object.fromEntries(Object.entries(counts).map(([name, number]) => [`findings-${name}`, number])),
      ...reached(report),
    }),
    links: [{ href: `#${storedUuid(report)}`, rel: 'source' }],
    // what a reader must know before trusting the numbers
    ...(coverage.statements.length === 0 ? {} : { remarks: coverage.statements.map(proseOf).join('\n\n') }),
    'reviewed-controls': reviewedControls(report),
  };
};

const backMatter = (report: Report) => {
  const { benchmark, tool, kind } = report.scan;
  const plan = `There is no plan apart: the checks that Gatehouse ${tool.version} has for a ${kind} scan, over every control of the benchmark. Its catalogue of checks says what each looks at.`;
  return {
    resources: [
      {
        uuid: planUuid(report),
        title: titleOf(`Assessment plan: ${frameworkText(benchmark.framework)} ${benchmark.version}`),
        description: proseOf(plan),
        props: propsOf({ framework: benchmark.framework, 'framework-version': benchmark.version, 'scanner-version': tool.scannerVersion }),
        // a resource must have something to open
        base64: { filename: 'plan.txt', 'media-type': 'text/plain', value: Buffer.from(plan).toString('base64') },
      },
      {
        uuid: storedUuid(report),
        title: 'The report that this document was rendered from',
        rlinks: [{ href: 'report.json', 'media-type': 'application/json' }],
      },
    ],
  };
};

/** The fields of an object, to be followed by more. */
const fields = (object: object): string => JSON.stringify(object).slice(1, -1);

/** One more field, a list with an entry to a line: tens of thousands of entries are never one text in memory. OSCAL knows no empty list. */
function* listField(name: string, entries: Iterable<unknown>): Generator<string> {
  let before = `,\n"${name}": [\n`;
  for (const entry of entries) {
    yield `${before}${JSON.stringify(entry)}`;
    before = ',\n';
  }
  if (before === ',\n') yield '\n]';
}

async function* write(report: Report): Rendered {
  const { scan, findings, controls } = report;
  const fresh = new Set(report.changes?.newFindings);
  const own = byControl(findings);
  const failures = findings.filter(({ outcome }) => outcome === 'fail');
  const head = { uuid: uuidOf('assessment-results', scan.id), metadata: metadata(report), 'import-ap': { href: `#${planUuid(report)}` } };
  yield `{"assessment-results": {${fields(head)},\n"results": [{${fields(resultHead(report))}`;
  yield `,\n"local-definitions": {${fields(definitions(report))}`;
  yield* listField('inventory-items', inventoryOf(report));
  yield '}';
  yield* listField(
    'observations',
    findings.values().map((finding) => observationOf(finding, report, fresh)),
  );
  yield* listField(
    'risks',
    failures.values().map((finding) => riskOf(finding, report)),
  );
  yield* listField(
    'findings',
    controls.values().map((control) => controlFinding(control, own.get(control.id) ?? [], report)),
  );
  yield `}],\n"back-matter": ${JSON.stringify(backMatter(report))}}}\n`;
}

/**
 * OSCAL assessment results: our findings are observations, failures are risks (accepted ones `deviation-approved`), controls are findings with a target that is satisfied or not. Ids are made
 * from what they name, so the same report gives the same document.
 */
export const renderOscal = (report: Report): Rendered => write(report);
