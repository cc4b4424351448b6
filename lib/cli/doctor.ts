import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import type { NodeFact } from '../core/facts/index.ts';
import type { Vantage } from '../core/finding.ts';
import { rightText } from '../core/need.ts';
import { type DoorState, endpointText, isTried } from '../core/probing/index.ts';
import { chooseFramework } from '../frameworks/index.ts';
import { configurationScanner } from '../scanners/configuration/index.ts';
import { observeNodes } from '../scanners/configuration/nodes.ts';
import { penetrationScanner, planPenetration } from '../scanners/penetration/index.ts';
import { type SbomScope, sbomScanner } from '../scanners/sbom/index.ts';
import type { ExaminedRight } from '../workflows/examine-rights.ts';
import { configurationControls, examineRights, penetrationControls } from '../workflows/examine-rights.ts';
import { gateControls, gateNeeds } from '../workflows/gate-needs.ts';
import { identify } from '../workflows/identify.ts';
import { runScan } from '../workflows/run-scan.ts';
import { configurationKind } from '../workflows/scan-kinds.ts';
import type { Answer } from './answer.ts';
import { examineSuite } from './conformance.ts';
import { type ConnectionFlags, type OpenPorts, openCluster } from './ports.ts';
import { table, widest } from './table.ts';
import { styled, type Terminal } from './terminal.ts';

export interface DoctorFlags extends ConnectionFlags {
  readonly kind: 'configuration' | 'penetration' | 'conformance' | 'sbom' | 'gate';
  readonly scope?: SbomScope;
  readonly namespace?: string;
  readonly usePullSecrets?: boolean;
  readonly helmReleases?: boolean;
  readonly vantage: readonly Vantage[];
  readonly nodeFacts?: boolean;
  readonly json?: boolean;
}

/** Whether something answers, asked of one node per role: a route that is missing is missing for all of them. */
interface Route {
  readonly node: string;
  readonly answers: boolean;
  readonly say: string;
}

const askKubelets = async ({ ports }: OpenPorts, nodes: readonly NodeFact[]): Promise<readonly Route[]> => {
  const onePerRole = [...new Map(nodes.map((node) => [node.role, node])).values()];
  return await Promise.all(
    onePerRole.map(async ({ name, addresses, kubeletPort }) => {
      const answer = await ports.kubelets.get({ node: name, addresses, port: kubeletPort }, '/configz', z.object({}));
      return { node: name, answers: answer.ok, say: answer.ok ? 'answers with the settings it runs with' : answer.failure.say };
    }),
  );
};

const mark = (terminal: Terminal, holds: boolean): string => styled(terminal, holds ? 'green' : 'red', holds ? 'yes' : 'no');

/** Rights that serve one purpose at one price, one row for all of them. */
const rowsOf = (rights: readonly ExaminedRight[]) =>
  [...Map.groupBy(rights, ({ need, allowed, controls }) => JSON.stringify([allowed, need.purpose, controls])).values()].map((alike) => {
    const [{ allowed, need, controls }] = alike as unknown as readonly [ExaminedRight, ...ExaminedRight[]];
    return {
      allowed,
      texts: alike.map((one) => rightText(one.need)),
      say:
        controls.length === 0
          ? need.purpose
          : `${need.purpose}; without ${alike.length > 1 ? 'them' : 'it'} unknown: ${controls.join(', ')}`,
    };
  });

const printRights = (terminal: Terminal, rights: readonly ExaminedRight[]): void => {
  terminal.out(`\n  ${styled(terminal, 'bold', 'Rights of this credential')}\n`);
  terminal.out(
    table(
      terminal,
      rowsOf(rights).map(({ allowed, texts, say }) => [mark(terminal, allowed), texts.join('\n'), say]),
      [
        3,
        widest(
          rights.map(({ need }) => rightText(need)),
          Math.min(74, Math.max(30, terminal.columns - 45)),
        ),
      ],
    ),
  );
};

const printRoutes = (terminal: Terminal, title: string, routes: readonly Route[] | string): void => {
  terminal.out(`\n  ${styled(terminal, 'bold', title)}\n`);
  if (typeof routes === 'string') terminal.out(`  ${routes}\n`);
  else
    terminal.out(
      table(
        terminal,
        routes.map(({ node, answers, say }) => [mark(terminal, answers), node, say]),
        [3, 30],
      ),
    );
};

const printEnd = (terminal: Terminal, rights: readonly ExaminedRight[]): void => {
  const missing = rights.filter(({ allowed }) => !allowed);
  const lost = [...new Set(missing.flatMap(({ controls }) => controls))];
  terminal.out(
    missing.length === 0
      ? `\n${styled(terminal, 'green', 'Every right is there.')}\n`
      : `\n${styled(terminal, 'red', `${missing.length} of ${rights.length} rights are missing; ${lost.length} controls would stay unknown.`)} Apply what \`gatehouse permissions\` prints.\n`,
  );
};

/** Controls that a scan with the rights that are there could not look at; undefined when there can be no scan at all. */
const unreadControls = async ({ ports }: OpenPorts): Promise<ReadonlySet<string> | undefined> => {
  const scanned = await runScan(
    configurationKind,
    { scanId: randomUUID(), trigger: 'doctor', toolVersion: manifest.version, options: {}, waivers: [] },
    { ...ports, progress: () => undefined },
  );
  return scanned.ok ? new Set(scanned.value.report.controls.filter(({ outcome }) => outcome === 'unknown').map(({ id }) => id)) : undefined;
};

const report = (
  flags: DoctorFlags,
  terminal: Terminal,
  rights: readonly ExaminedRight[],
  title: 'Kubelets' | 'Network' | 'Cluster',
  routes: readonly Route[] | string,
): Answer => {
  if (flags.json) {
    const shown = rights.map(({ need, ...rest }) => ({ right: rightText(need), purpose: need.purpose, ...rest }));
    terminal.out(`${JSON.stringify({ rights: shown, [title.toLowerCase()]: routes }, null, 2)}\n`);
  } else {
    printRights(terminal, rights);
    printRoutes(terminal, title, routes);
    printEnd(terminal, rights);
  }
  const isWell = rights.every(({ allowed }) => allowed) && typeof routes !== 'string' && routes.every(({ answers }) => answers);
  return { exit: isWell ? 0 : 1 };
};

const examineConfiguration = async (flags: DoctorFlags, opened: OpenPorts, terminal: Terminal, version: string): Promise<Answer> => {
  const { access } = opened.ports;
  const chosen = chooseFramework(version);
  if (!chosen.ok) return chosen;
  const needs = configurationScanner.needs({ nodeFacts: flags.nodeFacts }).filter(({ holder }) => holder === 'scanner');
  // a client certificate is shown to kubelets itself, so the token of the second account is of no use then
  const used = access.usesToken ? needs : needs.filter(({ resource }) => resource !== 'serviceaccounts/token');
  const rights = await examineRights(access, used, configurationControls(chosen.value.framework, await unreadControls(opened)));
  if (!rights.ok) return rights;
  const nodes = await observeNodes(access);
  const routes = nodes.read ? await askKubelets(opened, nodes.value) : nodes.reason;
  return report(flags, terminal, rights.value, 'Kubelets', routes);
};

const saidOf = (state: DoorState): string => {
  if (state === 'filtered') return 'gives no answer; a route or a firewall keeps what the scan sends from it';
  return isTried(state) ? `answers (${state})` : `was not tried (${state}): this machine has no way to it or no right to use it`;
};

/** Whether a kubelet port of one node per role can be reached from here, if only to be refused. */
const knockAtNodes = async ({ ports: { access, probing, signal } }: OpenPorts): Promise<readonly Route[] | string> => {
  if (!probing) return 'There is no network to look at.';
  const plan = await planPenetration({ vantages: ['external'], targets: ['nodes'] }, { access }, probing);
  if (!plan.ok) return plan.failure.say;
  const { view, doors } = plan.value;
  if (!view.nodes.read) return view.nodes.reason;
  const onePerRole = [...new Map(view.nodes.value.map((node) => [node.role, node])).values()];
  const some = onePerRole.flatMap(
    ({ uid, kubeletPort }) => doors.external?.find(({ owner, port }) => owner === uid && port === kubeletPort) ?? [],
  );
  const sender = probing.sender({ scanId: 'doctor', vantage: 'external', doors: some, signal });
  try {
    return await Promise.all(
      some.map(async (door) => {
        const state = await sender.knock(door);
        return { node: `${door.subject.name} ${endpointText(door)}`, answers: state === 'open' || state === 'closed', say: saidOf(state) };
      }),
    );
  } finally {
    sender.close();
  }
};

const examinePenetration = async (flags: DoctorFlags, opened: OpenPorts, terminal: Terminal): Promise<Answer> => {
  const rights = await examineRights(opened.ports.access, penetrationScanner.needs({ vantages: flags.vantage }), penetrationControls);
  return rights.ok ? report(flags, terminal, rights.value, 'Network', await knockAtNodes(opened)) : rights;
};

const examineSbom = async (
  { scope, namespace, usePullSecrets, ...flags }: DoctorFlags,
  { ports }: OpenPorts,
  terminal: Terminal,
): Promise<Answer> => {
  const needs = sbomScanner.needs({ scope, namespace, pullSecrets: usePullSecrets });
  const rights = await examineRights(ports.access, needs, () => []);
  if (!rights.ok) return rights;
  const nodes = await observeNodes(ports.access);
  const routes = nodes.read ? nodes.value.map(({ name, osImage }) => ({ node: name, answers: true, say: osImage })) : nodes.reason;
  return report(flags, terminal, rights.value, 'Cluster', routes);
};

const examineGate = async (flags: DoctorFlags, opened: OpenPorts, terminal: Terminal): Promise<Answer> => {
  const { access } = opened.ports;
  const needs = gateNeeds(flags.helmReleases === true).filter(({ holder }) => holder === 'scanner');
  // a client certificate is shown to kubelets itself, so the token of the second account is of no use then
  const used = access.usesToken ? needs : needs.filter(({ resource }) => resource !== 'serviceaccounts/token');
  const rights = await examineRights(access, used, gateControls);
  if (!rights.ok) return rights;
  const nodes = await observeNodes(access);
  return report(flags, terminal, rights.value, 'Kubelets', nodes.read ? await askKubelets(opened, nodes.value) : nodes.reason);
};

/** `gatehouse doctor`: asks about every right a scan uses. Exit status 0 when all are there and what it talks to answers, else 1. */
export const doctorCommand = async (flags: DoctorFlags, terminal: Terminal): Promise<Answer> => {
  const opened = await openCluster(flags, terminal);
  if (!opened.ok) return opened;
  try {
    const identified = await identify(opened.value.ports.access, flags.clusterName);
    if (!identified.ok && identified.failure.code !== 'permission-missing') return identified;
    const version = identified.ok ? identified.value.cluster.kubernetesVersion : 'v1.35.0';
    if (flags.kind === 'conformance') {
      const examined = await examineSuite(opened.value, version);
      return examined.ok ? report(flags, terminal, examined.value.rights, 'Cluster', examined.value.routes) : examined;
    }
    if (flags.kind === 'sbom') return await examineSbom(flags, opened.value, terminal);
    if (flags.kind === 'gate') return await examineGate(flags, opened.value, terminal);
    return flags.kind === 'penetration'
      ? await examinePenetration(flags, opened.value, terminal)
      : await examineConfiguration(flags, opened.value, terminal, version);
  } finally {
    opened.value.close();
  }
};
