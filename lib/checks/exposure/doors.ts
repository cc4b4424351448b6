import type { Vantage } from '../../core/finding.ts';
import type { Door } from '../../core/probing/index.ts';
import type { OpenDoor, Probe } from './probe.ts';

/** Whether a probe is for doors of this place, transport and vantage at all. */
export const isForPlace = ({ doors }: Probe, door: Door, vantage: Vantage): boolean =>
  doors.places.includes(door.place) && (doors.transport ?? 'tcp') === door.transport && (doors.vantages?.includes(vantage) ?? true);

/** Whether a probe names the port of a door, or one that the cluster says is behind it. */
export const namesPort = ({ doors }: Probe, door: Door): boolean =>
  doors.ports?.some((port) => port === door.port || door.hints.includes(port)) ?? false;

/** Whether a probe asks an open door. */
export const asks = (probe: Probe, door: OpenDoor): boolean => {
  if (!isForPlace(probe, door, door.vantage)) return false;
  const { ports, recognise } = probe.doors;
  if (ports === undefined && recognise === undefined) return true;
  return namesPort(probe, door) || recognise?.(door) === true;
};

/** Ports that are knocked at on every node, and asked by datagram. */
export const nodePorts = (probes: readonly Probe[], transport: 'tcp' | 'udp'): readonly number[] =>
  [
    ...new Set(
      probes.flatMap(({ doors }) => (doors.places.includes('node') && (doors.transport ?? 'tcp') === transport ? (doors.ports ?? []) : [])),
    ),
  ].toSorted((a, b) => a - b);
