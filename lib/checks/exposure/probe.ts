import type { Certainty, Vantage } from '../../core/finding.ts';
import type { Outcome, Severity } from '../../core/outcome.ts';
import { answerText, type Door, type ProbeAnswer, type ProbeRequest, requestText } from '../../core/probing/index.ts';

/** What is known of an open door before any probe: whether it talks first, speaks TLS, speaks HTTP, and how it answers `GET /`. */
export interface Greeting {
  /** What it said by itself, as Latin-1 text, at most 256 bytes. */
  readonly banner?: string;
  /** How it speaks HTTP, if it does. `tls` where both would be: a server that answers plain HTTP with 400 and "HTTPS" in it speaks TLS. */
  readonly http?: 'plain' | 'tls';
  /** The answer to `GET /` that way. */
  readonly page?: Extract<ProbeAnswer, { is: 'http' }>;
  /** The answer to plain HTTP where it also speaks TLS. */
  readonly plainPage?: Extract<ProbeAnswer, { is: 'http' }>;
  /** The handshake without a client certificate, if it speaks TLS at all. */
  readonly tls?: Extract<ProbeAnswer, { is: 'tls' }>;
}

export interface OpenDoor extends Door {
  readonly greeting: Greeting;
  readonly vantage: Vantage;
  /** Whether the user gave a token with which requests may ask (`withToken`). */
  readonly hasToken?: boolean;
  /** Time of the scan, ISO 8601, for what runs out. */
  readonly now: string;
}

/** A request of this probe with its answer. */
export interface Asked {
  readonly request: ProbeRequest;
  readonly answer: ProbeAnswer;
}

export interface ProbeVerdict {
  readonly outcome: Outcome;
  /** One sentence without addresses, names of nodes or numbers that differ from node to node: what several doors show alike becomes one finding. */
  readonly message: string;
  /** What was looked at and found; a few words each, never a body, a token, a key or a Secret. */
  readonly evidence: readonly { readonly looked: string; readonly found: string }[];
  readonly severity?: Severity;
  readonly certainty?: Certainty;
  readonly repair?: string;
}

/** Which doors a probe is for. All that is named must hold. */
export interface DoorRule {
  readonly places: readonly Door['place'][];
  /** Own port or a hint is one of these. For `node` doors these are the ports that are knocked at on every node. */
  readonly ports?: readonly number[];
  /** Looks at the greeting; without `ports`, every open door of these places is looked at, else those of `ports` and those it recognises. */
  readonly recognise?: (door: OpenDoor) => boolean;
  readonly transport?: 'tcp' | 'udp';
  readonly vantages?: readonly Vantage[];
}

/**
 * One statement about what the network shows, proved by reading only. Pure: it says what to send and judges what came back; the sender is somebody else's.
 */
export interface Probe {
  /** `exposure/<folder>/<file>`; never changes. */
  readonly id: string;
  /** Rows of the reference tables it covers, e.g. `KUB-02`, `KHV036`: names of controls in the report. */
  readonly covers: readonly [string, ...string[]];
  /** What holds when it passes, in one line. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, as a sentence. */
  readonly why: string;
  /** How to repair it, as a sentence. */
  readonly repair: string;
  /** MITRE ATT&CK techniques. */
  readonly techniques: readonly string[];
  /** Where to read on: addresses of public pages. */
  readonly references: readonly string[];
  /** `passive`: connects or shakes hands · `reading`: asks for what may be read · `dry-run`: asks whether something would be allowed, with `dryRun=All` or for names that cannot exist. */
  readonly intrusiveness: 'passive' | 'reading' | 'dry-run';
  /** What it leaves behind in the target, e.g. "a line in the audit log of the API server". */
  readonly leaves: string;
  readonly doors: DoorRule;
  /** What to send next, given what was answered so far; nothing ends it. Called at most six times. */
  send(door: OpenDoor, soFar: readonly Asked[]): readonly ProbeRequest[];
  /** What the answers mean; undefined when this door is not what the probe is about, so that nothing is said of it. */
  judge(door: OpenDoor, asked: readonly Asked[]): ProbeVerdict | undefined;
}

export const defineProbe = (probe: Probe): Probe => probe;

/** Sends everything at once, in the first round. */
export const once =
  (requests: (door: OpenDoor) => readonly ProbeRequest[]): Probe['send'] =>
  (door, soFar) =>
    soFar.length === 0 ? requests(door) : [];

/** HTTP as the door speaks it; nothing when it speaks none. */
export const get = (door: OpenDoor, ...paths: readonly string[]): readonly ProbeRequest[] =>
  door.greeting.http === undefined
    ? []
    : paths.map((path) => ({ is: 'http', over: door.greeting.http as 'plain' | 'tls', method: 'GET', path }));

/** A request and its answer as a line of evidence. */
export const shown = ({ request, answer }: Asked, more = ''): { readonly looked: string; readonly found: string } => ({
  looked: requestText(request),
  found: `${answerText(answer)}${more === '' ? '' : `, ${more}`}`,
});

/** The answers that are HTTP answers. */
export const httpOf = (
  asked: readonly Asked[],
): readonly { readonly asked: Asked; readonly path: string; readonly http: Extract<ProbeAnswer, { is: 'http' }> }[] =>
  asked.flatMap((one) =>
    one.answer.is === 'http' && one.request.is === 'http' ? [{ asked: one, path: one.request.path, http: one.answer }] : [],
  );

/** True when no answer came that says anything: then nobody could look, and the verdict is `unknown`. */
export const isSilent = (asked: readonly Asked[]): boolean => asked.length > 0 && asked.every(({ answer }) => answer.is === 'none');

/** The verdict where nobody could look. */
export const couldNotLook = (asked: readonly Asked[]): ProbeVerdict => ({
  outcome: 'unknown',
  message: 'It accepted the connection and then gave no answer that could be judged.',
  evidence: asked.map((one) => shown(one, one.answer.is === 'none' ? one.answer.detail : '')),
});

/** One example that a probe must answer as stated: fed with answers in the order of its requests. */
export interface ProbeCase {
  readonly name: string;
  readonly door?: Partial<OpenDoor>;
  readonly greeting?: Greeting;
  /** Answers by request text (`GET /pods over TLS`); a request that is not named here is answered with `otherwise`. */
  readonly answers: Readonly<Record<string, ProbeAnswer>>;
  readonly otherwise?: ProbeAnswer;
  /** `nothing`: the probe must say nothing of this door. */
  readonly expect: Outcome | 'nothing';
  readonly severity?: Severity;
  /** A piece of text that message or evidence must contain. */
  readonly says?: string;
  /** A piece of text that must be nowhere in message and evidence: a secret that was in the answer. */
  readonly hides?: string;
}

/** An HTTP answer for a case. */
export const page = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): ProbeAnswer => ({
  is: 'http',
  status,
  headers,
  body,
  isCut: false,
});
export const none = (why: Extract<ProbeAnswer, { is: 'none' }>['why']): ProbeAnswer => ({ is: 'none', why, detail: why });
