import { createProbeSender } from '../../lib/adapters/probing/index.ts';
import { probes } from '../../lib/checks/exposure/index.ts';
import type { Door, Note, Sight } from '../../lib/core/probing/index.ts';
import { look } from '../../lib/scanners/penetration/vantage/look.ts';

/** Every port that any probe is for: as hints they let all probes ask, so that those of other software must stay silent. */
export const allPorts = [...new Set(probes.flatMap(({ doors }) => doors.ports ?? []))];

export interface Seen {
  readonly sight: Sight;
  /** What was said by the probe of this id, without its prefix. */
  note(id: string): Note | undefined;
  /** Ids of probes that failed this door, without the prefix. */
  readonly failed: readonly string[];
  /** Ids that passed it. */
  readonly passed: readonly string[];
}

/** Looks at a port of loopback with all probes and the real sender, as the scanner does; by default as a published port that could be anything. */
export const lookAt = async (port: number, more: Partial<Door> = {}): Promise<Seen> => {
  const door: Door = {
    address: '127.0.0.1',
    port,
    transport: 'tcp',
    place: 'published',
    subject: { kind: 'Service', namespace: 'test', name: 'thing', port: `${port}/tcp` },
    owner: 'uid-1',
    hints: allPorts,
    published: true,
    ...more,
  };
  const vantage = ['dns', 'service'].includes(door.place) ? 'internal' : 'external';
  // on loopback whoever has not begun to answer by then waits for us: asking everything of a silent server would take minutes
  const sender = createProbeSender({ scanId: 'test', version: '0', vantage, doors: [door], limits: { answerMs: 1_500 } });
  const signal = new AbortController().signal;
  const sight = await look({ vantage, doors: [door], probes, sender, now: new Date().toISOString(), signal, progress: () => undefined });
  sender.close();
  const short = ({ probe }: Note): string => probe.replace('exposure/', '');
  const ids = (outcome: Note['outcome']): readonly string[] => sight.notes.filter((note) => note.outcome === outcome).map(short);
  return { sight, note: (id) => sight.notes.find((note) => short(note) === id), failed: ids('fail'), passed: ids('pass') };
};

/** Of some ids, those of this folder. */
export const addOns = (ids: readonly string[]): readonly string[] => ids.filter((id) => id.startsWith('add-ons/'));
