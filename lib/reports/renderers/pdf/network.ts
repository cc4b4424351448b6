import type { Vantage } from '../../../core/finding.ts';
import type { Network, Report } from '../../report.ts';
import { plural, thousands } from '../words.ts';
import { caption } from './cover-parts.ts';
import { endpointLines, firstOf } from './endpoints.ts';
import type { Flow } from './flow.ts';
import { boldCell, type Cell, cell, type Row, table } from './table.ts';
import { span } from './text.ts';
import { styles } from './theme.ts';

/** What each vantage tried and reached, for the first page: without it, "no findings" and "nothing reached" look alike. */
export const reach = (flow: Flow, { network }: Report): void => {
  if (!network) return;
  caption(flow, 'What was reached');
  const heads = ['PORTS TRIED', 'OPEN', 'CLOSED', 'FILTERED', 'REQUESTS', 'TIMED OUT'];
  table(
    flow,
    [
      { title: 'VANTAGE', share: 1.4 },
      { title: 'TARGETS REACHED', share: 1.8, right: true },
      ...heads.map((title) => ({ title, share: 1.2, right: true })),
    ],
    network.vantages.map((one): Row => {
      const counts = [one.ports, one.open, one.closed, one.filtered, one.requests, one.timedOut];
      return [
        boldCell(one.vantage),
        boldCell(`${thousands(one.reached)} of ${thousands(one.targets)}`),
        ...counts.map((number) => cell(thousands(number))),
      ];
    }),
  );
};

/** Rows of the annex: so many for one probe, so many addresses in one of them. */
const mostRequests = 40;
const mostAddresses = 24;
const mostLines = 12;
const mostRefused = 200;

type Sent = Network['exchanges'][number];

/** Who got which answer, from where: what both vantages saw at the same addresses is one line. */
const whereCell = (own: readonly Sent[]): Cell => {
  const lines = new Map<string, Vantage[]>();
  for (const [vantage, some] of Map.groupBy(own, (one) => one.vantage)) {
    const texts = some.map(({ endpoint, host }) => ({ endpoint, host: host ?? '' }));
    for (const [host, at] of Map.groupBy(texts, (one) => one.host))
      for (const line of endpointLines(
        at.map(({ endpoint }) => endpoint),
        mostAddresses,
      )) {
        const named = host === '' ? line : `${line} as ${host}`;
        lines.set(named, [...(lines.get(named) ?? []), vantage]);
      }
  }
  const all = [...lines].map(([line, from]) => [span(line, styles.cellCode), span(`  ${from.join(', ')}`, styles.cellSoft)]);
  const more = all.length - mostLines;
  return more > 0 ? [...all.slice(0, mostLines), [span(`and ${more} more; the rest is in report.json`, styles.cellSoft)]] : all;
};

function* requestRows(own: readonly Sent[]): Iterable<Row> {
  const bySent = [...Map.groupBy(own, ({ sent }) => sent)];
  for (const [sent, same] of bySent.slice(0, mostRequests)) {
    let first = true;
    for (const [answered, some] of Map.groupBy(same, (one) => one.answered)) {
      yield [
        first ? [[span(sent, styles.cellCode)]] : [],
        [[span(answered, styles.cell)], [span(plural(some.length, 'time'), styles.cellSoft)]],
        whereCell(some),
      ];
      first = false;
    }
  }
  if (bySent.length > mostRequests)
    yield [cell(`${plural(bySent.length - mostRequests, 'more request')}; the rest is in report.json`), [], []];
}

const probeNames: Readonly<Record<string, string>> = {
  knock: 'Knocking: is the port open?',
  greeting: 'Greeting: what does an open port speak?',
};

/** By probe; what comes before every probe comes first here, too. */
const inOrder = (all: readonly Sent[]): readonly (readonly [string, readonly Sent[]])[] => {
  const order = (probe: string) => (Object.hasOwn(probeNames, probe) ? 0 : 1);
  return [...Map.groupBy(all, ({ probe }) => probe)].toSorted(([a], [b]) => order(a) - order(b));
};

const refused = (flow: Flow, { refused: all }: Network): void => {
  flow.need(70);
  flow.begin('H2');
  flow.bookmark(2, 'Not contacted');
  flow.paragraph([
    span('Not contacted. ', styles.bodyBold),
    span(
      all.length === 0
        ? 'Every address that the cluster names was on the list of what may be contacted.'
        : `${plural(all.length, 'address', 'addresses')} that the cluster names, and to which nothing was sent.`,
      styles.body,
    ),
  ]);
  flow.gap(4);
  if (all.length === 0) return;
  const groups = [...Map.groupBy(all, ({ what, why }) => JSON.stringify([what, why])).values()];
  table(
    flow,
    [
      { title: 'WHAT NAMES IT', share: 3 },
      { title: 'ADDRESS', share: 3 },
      { title: 'WHY NOTHING WAS SENT', share: 4 },
    ],
    groups.slice(0, mostRefused).map(
      (own): Row => [
        cell(own[0]?.what ?? ''),
        [
          [
            span(
              firstOf(
                own.map(({ address }) => address),
                mostAddresses,
              ),
              styles.cellCode,
            ),
          ],
        ],
        cell(own[0]?.why ?? ''),
      ],
    ),
  );
  if (groups.length > mostRefused)
    flow.paragraph([span(`${groups.length - mostRefused} more; the rest is in report.json.`, styles.bodySoft)]);
};

/** Every request that was sent, put together by probe, request and answer, so that many nodes do not make many pages. */
export const requests = (flow: Flow, { network }: Report): void => {
  if (!network) return;
  flow.heading(1, 'Requests', { anchor: 'requests' });
  flow.paragraph([
    span(
      `All ${plural(network.exchanges.length, 'request')} of this scan, by probe, request and answer. Beside them the scan used the API of the cluster, and sent nothing to any other address. One by one, in the order of sending, they are in report.json.`,
      styles.bodySoft,
    ),
  ]);
  flow.gap(6);
  refused(flow, network);
  for (const [probe, own] of inOrder(network.exchanges)) {
    flow.need(80);
    flow.gap(2);
    flow.begin('H2');
    const name = probeNames[probe];
    flow.paragraph([
      span(name ?? probe, name === undefined ? styles.code : styles.bodyBold),
      span(`   ${plural(own.length, 'request')}`, styles.small),
    ]);
    flow.gap(2);
    table(
      flow,
      [
        { title: 'REQUEST', share: 3.8 },
        { title: 'ANSWER', share: 2.2 },
        { title: 'FROM WHERE, AT WHICH ADDRESS', share: 4 },
      ],
      requestRows(own),
    );
  }
};
