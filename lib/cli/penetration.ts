import { failed, type Result } from '../core/failure.ts';
import type { Vantage } from '../core/finding.ts';
import { type Door, endpointText } from '../core/probing/index.ts';
import { type PenetrationOptions, type PenetrationPlan, planPenetration } from '../scanners/penetration/index.ts';
import type { Answer } from './answer.ts';
import { type ConformanceFlags, givenConformanceFlags } from './conformance-flags.ts';
import { type ConnectionFlags, openCluster } from './ports.ts';
import { givenSbomFlags, type SbomScanFlags } from './sbom-scan-options.ts';
import { table } from './table.ts';
import { styled, type Terminal } from './terminal.ts';

/** Options of a penetration scan as the command line has them. */
export interface PenetrationFlags extends ConnectionFlags {
  readonly kind: string;
  readonly vantage: readonly Vantage[];
  readonly targets?: readonly string[];
  readonly allow: readonly string[];
  readonly probeImage: string;
  readonly probeToken?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly recording?: string;
}

export const penetrationOptions = ({ vantage, targets, allow, probeImage }: PenetrationFlags): PenetrationOptions => ({
  vantages: vantage,
  targets,
  allow,
  probeImage,
});

/** The failure of options that mean nothing to the kind of scan they stand beside; a mistake is better told than ignored. */
export const misplacedOptions = (
  flags: PenetrationFlags & ConformanceFlags & SbomScanFlags & { readonly nodeFacts?: boolean; readonly benchmark?: string },
) => {
  const { kind, dryRun, targets, allow, vantage, probeToken, recording, nodeFacts, benchmark } = flags;
  const all = {
    configuration: [nodeFacts && '--node-facts', benchmark !== undefined && '--benchmark', recording !== undefined && '--recording'],
    penetration: [
      dryRun && '--dry-run',
      targets && '--targets',
      allow.length > 0 && '--allow',
      vantage.includes('internal') && '--vantage',
      probeToken !== undefined && '--probe-token',
    ],
    conformance: givenConformanceFlags(flags),
    sbom: givenSbomFlags(flags),
  };
  const own = Object.entries(all).flatMap(([other, options]): readonly unknown[] => (other === kind ? [] : options));
  if (kind === 'penetration' && probeToken !== undefined && !vantage.includes('external'))
    return failed(
      'input-invalid',
      '--probe-token is tried from outside only, and no pod is given it; leave it out or add --vantage external.',
    );
  const wrong = own.filter((option) => typeof option === 'string');
  return wrong.length > 0
    ? failed('input-invalid', `${wrong.join(' and ')} cannot be used with --kind ${kind}; leave ${wrong.length > 1 ? 'them' : 'it'} out.`)
    : undefined;
};

/** Doors of one subject as a row: what it is, at which addresses, which ports. */
const rowsOf = (doors: readonly Door[]): readonly (readonly string[])[] => {
  const byAddress = Map.groupBy(doors, ({ subject: { kind, namespace, name }, address, host }) =>
    JSON.stringify([`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`, address, host ?? '']),
  );
  return [...byAddress].map(([key, some]) => {
    const [what, address, host] = JSON.parse(key) as readonly [string, string, string];
    const ports = [...new Set(some.map(({ port, transport }) => (transport === 'udp' ? `${port}/udp` : String(port))))];
    return [what, host === '' ? address : `${address} as ${host}`, ports.join(' ')];
  });
};

const printPlan = (terminal: Terminal, plan: PenetrationPlan): void => {
  for (const [vantage, doors = []] of Object.entries(plan.doors)) {
    terminal.out(`\n  ${styled(terminal, 'bold', `From the ${vantage} vantage: ${doors.length} ports`)}\n`);
    terminal.out(table(terminal, rowsOf(doors), [34, 40]));
  }
  if (plan.refused.length > 0) {
    terminal.out(`\n  ${styled(terminal, 'bold', 'Named by the cluster, and not contacted')}\n`);
    terminal.out(
      table(
        terminal,
        plan.refused.map(({ what, address, why }) => [what, address, why]),
        [34, 40],
      ),
    );
  }
  terminal.out('\nNothing was sent but reads of the API. The same command without --dry-run knocks at these ports, and at no other.\n');
};

/** What `--dry-run --json` prints: the doors and what was refused, without what was read of the cluster. */
const planAsJson = ({ doors, refused }: PenetrationPlan): string =>
  `${JSON.stringify(
    {
      doors: Object.fromEntries(
        Object.entries(doors).map(([vantage, some = []]) => [
          vantage,
          some.map((door) => ({
            endpoint: endpointText(door),
            transport: door.transport,
            place: door.place,
            ...(door.host === undefined ? {} : { host: door.host }),
            subject: door.subject,
          })),
        ]),
      ),
      refused,
    },
    null,
    2,
  )}\n`;

/** `gatehouse scan --kind penetration --dry-run`: where it would knock. */
export const showTargets = async (flags: PenetrationFlags, terminal: Terminal): Promise<Answer> => {
  const opened = await openCluster(flags, terminal);
  if (!opened.ok) return opened;
  const { ports, close } = opened.value;
  try {
    const { probing } = ports;
    const plan: Result<PenetrationPlan> = probing
      ? await planPenetration(penetrationOptions(flags), ports, probing)
      : failed('input-invalid', 'A penetration scan needs the network; name a cluster.');
    if (!plan.ok) return plan;
    if (flags.json) terminal.out(planAsJson(plan.value));
    else printPlan(terminal, plan.value);
    return { exit: 0 };
  } finally {
    close();
  }
};
