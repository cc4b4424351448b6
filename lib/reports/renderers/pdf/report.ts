import type { Report } from '../../report.ts';
import type { Rendered, RenderOptions } from '../renderer.ts';
import { frameworkText, kindText, plural, timeText } from '../words.ts';
import { allControls, guide, nodes, waivers } from './annexes.ts';
import { changes } from './changes.ts';
import { cover } from './cover.ts';
import { type DocumentFacts, write } from './document.ts';
import { failures, failuresBeyond } from './failures.ts';
import type { Flow } from './flow.ts';
import { requests } from './network.ts';
import { good, manual, unseen } from './open-questions.ts';
import { bySection, contents } from './overview.ts';
import { potential } from './potential.ts';
import { termsOf } from './terms.ts';
import {
  failedBeyond,
  failedControls,
  goodFindings,
  manualFindings,
  potentialFindings,
  unseenFindings,
  untouchedControls,
} from './view.ts';

const factsOf = ({ scan }: Report): DocumentFacts => {
  const benchmark = `${frameworkText(scan.benchmark.framework)} ${scan.benchmark.version}`;
  return {
    title: `${kindText(scan.kind)} of ${scan.cluster.name}, ${timeText(scan.startedAt)}`,
    subject: `${benchmark} on Kubernetes ${scan.cluster.kubernetesVersion}`,
    keywords: ['Kubernetes', 'security', scan.kind, benchmark, scan.cluster.name, scan.cluster.id, scan.id],
    author: `Gatehouse ${scan.tool.version}`,
    madeAt: scan.endedAt,
    margins: {
      left: `${kindText(scan.kind)}  ·  ${scan.cluster.name}`,
      right: timeText(scan.startedAt),
      foot: `Gatehouse ${scan.tool.version}  ·  scan ${scan.id}`,
    },
  };
};

/** Chapters with their anchors; those that would be empty are left out. */
const chapters = (report: Report): readonly (readonly [anchor: string, title: string, detail: string])[] => {
  const counted = (anchor: string, title: string, number: number, detail: string) => (number > 0 ? [[anchor, title, detail] as const] : []);
  const [failed, beyond] = [failedControls(report), failedBeyond(report)];
  const [people, hidden, fine] = [manualFindings(report), unseenFindings(report), goodFindings(report)];
  const untouched = untouchedControls(report);
  const maybe = potentialFindings(report);
  const { one, many, Many } = termsOf(report);
  return [
    ['sections', `${Many} by section`, plural(report.controls.length, one)],
    ...(report.changes ? [['changes', 'What changed', `${report.changes.new} new, ${report.changes.resolved} resolved`] as const] : []),
    ...counted('failures', `Failed ${many}`, failed.length, plural(failed.length, one)),
    ...counted('beyond', 'Failures beyond the benchmark', beyond.length, plural(beyond.length, 'check')),
    ...counted('potential', 'Potential: concluded from versions', maybe.length, plural(maybe.length, 'finding')),
    ...counted('manual', 'A person must look', people.length, plural(people.length, 'finding')),
    ...counted(
      'unseen',
      'Could not look',
      hidden.length + untouched.length,
      [
        ...(hidden.length > 0 ? [plural(hidden.length, 'finding')] : []),
        ...(untouched.length > 0 ? [`${plural(untouched.length, one)} without a finding`] : []),
      ].join(', '),
    ),
    ...counted('good', 'Passed and not applicable', fine.length, plural(fine.length, 'finding')),
    ...counted('waivers', 'Waivers', report.waivers.length, plural(report.waivers.length, 'waiver')),
    ['controls', `All ${many}`, plural(report.controls.length, one)],
    ...counted('nodes', 'Nodes', report.scan.cluster.nodes.length, plural(report.scan.cluster.nodes.length, 'node')),
    ...(report.network
      ? [['requests', 'Requests', `${plural(report.network.exchanges.length, 'request')}, and what was not contacted`] as const]
      : []),
    ['guide', 'How to read this report', 'what the outcomes mean'],
  ];
};

const fill = (report: Report) => (flow: Flow) => {
  cover(flow, report);
  flow.newPage();
  contents(flow, chapters(report));
  bySection(flow, report);
  changes(flow, report);
  failures(flow, report);
  failuresBeyond(flow, report);
  potential(flow, report);
  manual(flow, report);
  unseen(flow, report);
  good(flow, report);
  waivers(flow, report);
  allControls(flow, report);
  nodes(flow, report);
  requests(flow, report);
  guide(flow, report);
};

/** The report on A4, for people: counts first, then failures with their repair, what is not known, and what is in order. */
export const renderPdf = (report: Report, { fonts }: RenderOptions): Rendered => {
  if (!fonts) throw new Error('a PDF needs fonts: give their bytes as `fonts`');
  return write(factsOf(report), fonts, fill(report));
};
