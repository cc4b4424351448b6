import { day, hour } from '../../core/time.ts';
import type { Project } from '../../fleet/project.ts';
import { partitions } from '../../records/index.ts';
import { eachOf, orLog, type UpkeepPorts } from './ports.ts';
import { restartEvaluations } from './restart-evaluations.ts';
import { restartQueued } from './restart-queued.ts';
import { keepRetention } from './retention.ts';
import { takeTurn } from './turn.ts';
import { warnExpiring } from './warn-expiring.ts';

export type { UpkeepPorts } from './ports.ts';

/** Once a day for every project, in parts. */
const retention = async (ports: UpkeepPorts, project: Project): Promise<void> => {
  const turn = await takeTurn(ports.shortLived, `retention/${project.id}`, day, ports.clock.now());
  if (turn) await turn.done(await keepRetention(ports, project, turn.after));
};

/** Once a day. */
const sweep = async (ports: UpkeepPorts): Promise<void> => {
  const now = ports.clock.now();
  const turn = ports.sweep && (await takeTurn(ports.shortLived, 'sweep', day, now));
  if (turn && (await turn.done())) ports.log('SWEPT', ports.sweep?.(now) ?? {});
};

/**
 * What keeps the service healthy; called every minute, beside the dispatcher. Every minute: scans and evaluations that stayed queued, and those whose run is gone. Every hour: warnings of what expires. Every day: retention
 * and sweeping. Each part can be repeated, and one that breaks does not keep the others from their work.
 */
export const upkeep = async (ports: UpkeepPorts): Promise<void> => {
  const projects: Project[] = [];
  for await (const { value } of ports.records.projects.all(partitions.projects)) projects.push(value);
  await eachOf(projects, 8, async (project) => {
    await orLog(ports, `open scans of ${project.id}`, () => restartQueued(ports, project.id));
    await orLog(ports, `open evaluations of ${project.id}`, () => restartEvaluations(ports, project.id));
  });
  const turn = await takeTurn(ports.shortLived, 'hourly', hour, ports.clock.now());
  if (!turn || !(await turn.done())) return;
  await warnExpiring(ports);
  for (const project of projects) await orLog(ports, `retention of ${project.id}`, () => retention(ports, project));
  await orLog(ports, 'sweeping', () => sweep(ports));
};
