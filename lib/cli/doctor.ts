import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import type { NodeFact } from '../core/facts/index.ts';
import { rightText } from '../core/need.ts';
import { chooseFramework } from '../frameworks/index.ts';
import { configurationScanner } from '../scanners/configuration/index.ts';
import { observeNodes } from '../scanners/configuration/nodes.ts';
import type { ExaminedRight } from '../workflows/examine-rights.ts';
import { examineRights } from '../workflows/examine-rights.ts';
import { identify } from '../workflows/identify.ts';
import { runScan } from '../workflows/run-scan.ts';
import type { Answer } from './answer.ts';
import { type ConnectionFlags, type OpenPorts, openCluster } from './ports.ts';
import { table, widest } from './table.ts';
import { styled, type Terminal } from './terminal.ts';

export interface DoctorFlags extends ConnectionFlags {
  readonly nodeFacts?: boolean;
  readonly json?: boolean;
}

/** Whether a kubelet answers, asked of one node per role: a route that is missing is missing for all of them. */
interface KubeletRoute {
  readonly node: string;
  readonly answers: boolean;
  readonly say: string;
}

const askKubelets = async ({ ports }: OpenPorts, nodes: readonly NodeFact[]): Promise<readonly KubeletRoute[]> => {
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

const print = (terminal: Terminal, rights: readonly ExaminedRight[], routes: readonly KubeletRoute[] | string): void => {
  const missing = rights.filter(({ allowed }) => !allowed);
  const lost = [...new Set(missing.flatMap(({ controls }) => controls))];
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
  terminal.out(`\n  ${styled(terminal, 'bold', 'Kubelets')}\n`);
  if (typeof routes === 'string') terminal.out(`  ${routes}\n`);
  else
    terminal.out(
      table(
        terminal,
        routes.map(({ node, answers, say }) => [mark(terminal, answers), node, say]),
        [3, 30],
      ),
    );
  terminal.out(
    missing.length === 0
      ? `\n${styled(terminal, 'green', 'Every right is there.')}\n`
      : `\n${styled(terminal, 'red', `${missing.length} of ${rights.length} rights are missing; ${lost.length} controls would stay unknown.`)} Apply what \`gatehouse permissions\` prints.\n`,
  );
};

/** Controls that a scan with the rights that are there could not look at; undefined when there can be no scan at all. */
const unreadControls = async ({ ports }: OpenPorts): Promise<ReadonlySet<string> | undefined> => {
  const scanned = await runScan(
    { scanId: randomUUID(), kind: 'configuration', trigger: 'doctor', toolVersion: manifest.version, options: {}, waivers: [] },
    { ...ports, progress: () => undefined },
  );
  return scanned.ok ? new Set(scanned.value.report.controls.filter(({ outcome }) => outcome === 'unknown').map(({ id }) => id)) : undefined;
};

/** `gatehouse doctor`: asks about every right a scan uses. Exit status 0 when all are there and kubelets answer, else 1. */
export const doctorCommand = async (flags: DoctorFlags, terminal: Terminal): Promise<Answer> => {
  const opened = await openCluster(flags, terminal);
  if (!opened.ok) return opened;
  const { ports, close } = opened.value;
  try {
    const identified = await identify(ports.access, flags.clusterName);
    if (!identified.ok && identified.failure.code !== 'permission-missing') return identified;
    const chosen = chooseFramework(identified.ok ? identified.value.cluster.kubernetesVersion : 'v1.35.0');
    if (!chosen.ok) return chosen;
    const needs = configurationScanner.needs({ nodeFacts: flags.nodeFacts }).filter(({ holder }) => holder === 'scanner');
    // a client certificate is shown to kubelets itself, so the token of the second account is of no use then
    const used = ports.access.usesToken ? needs : needs.filter(({ resource }) => resource !== 'serviceaccounts/token');
    const rights = await examineRights(ports.access, used, chosen.value.framework, await unreadControls(opened.value));
    if (!rights.ok) return rights;
    const nodes = await observeNodes(ports.access);
    const routes = nodes.read ? await askKubelets(opened.value, nodes.value) : nodes.reason;
    if (flags.json)
      terminal.out(
        `${JSON.stringify({ rights: rights.value.map(({ need, ...rest }) => ({ right: rightText(need), purpose: need.purpose, ...rest })), kubelets: routes }, null, 2)}\n`,
      );
    else print(terminal, rights.value, routes);
    const isWell = rights.value.every(({ allowed }) => allowed) && typeof routes !== 'string' && routes.every(({ answers }) => answers);
    return { exit: isWell ? 0 : 1 };
  } finally {
    close();
  }
};
