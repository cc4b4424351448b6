import { readFlags } from '../../configuration/argv.ts';

/** Where a program listens by one of its flags: `0.0.0.0:2112`, `:9100`; the host is empty where it is left out. */
interface Listener {
  readonly flag: string;
  readonly host: string;
  readonly port: number;
}

/** Words that a flag about listening has in its name, and words that make it one about somebody else. */
const listens =
  /(^|[-._])(listen|listener|bind|serve|serving|secure|insecure|metrics?|prometheus|health|healthz|healthcheck|ready|readiness|live|liveness|probe|pprof|debug|telemetry|web|http|https|grpc|server|addr|address|port)([-._]|$)/i;
const isOfOthers = /(^|[-._])(advertise|initial|remote|upstream|target|backend|servers|proxy|kubeconfig|master|url|datasource)([-._]|$)/i;
const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|localhost|\[?::1\]?)$/i.test(host);
/** A flag that says at which address its program's bare ports are. */
const isHostFlag = /^(bind-address|address|host|listen-host|bind-host)$/i;

const inRange = (text: string): number | undefined => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
};

/** `http://10.0.0.4:2381`, `[::]:2381`, `:2381`, and for a flag named after a port also `2381`. */
const listenerOf = (flag: string, value: string): Listener | undefined => {
  const [, host = '', text = ''] = /^(?:[a-z]+:\/\/)?(\[[^\]/@]*\]|[^:/@,\s]*):(\d+)\/?$/i.exec(value) ?? [];
  const port = inRange(text);
  if (port !== undefined) return { flag, host, port };
  const bare = /(^|[-._])port$/i.test(flag) ? inRange(value) : undefined;
  return bare === undefined ? undefined : { flag, host: '', port: bare };
};

/** All flags of a command line that say where its program listens. */
const listenersIn = (words: readonly string[]): readonly Listener[] => {
  const flags = Object.entries(readFlags(words));
  const host = flags.find(([name]) => isHostFlag.test(name))?.[1].at(-1) ?? '';
  return flags
    .filter(([name]) => (listens.test(name) && !isOfOthers.test(name)) || /(^|[-._])listen/i.test(name))
    .flatMap(([name, values]) => values.flatMap((value) => value.split(',')).flatMap((value) => listenerOf(name, value) ?? []))
    .map((one) => (one.host === '' ? { ...one, host } : one));
};

/** The words of a command line that say where its program listens, and nothing else of it: they may be kept. Idempotent. */
export const listenWords = (words: readonly string[]): readonly string[] =>
  listenersIn(words).map(({ flag, host, port }) => `--${flag}=${host}:${port}`);

/** Ports at which a program listens by its flags; those that only its own machine can reach are left out. */
export const listenPorts = (words: readonly string[]): readonly number[] =>
  listenersIn(words).flatMap(({ host, port }) => (isLoopback(host) ? [] : [port]));
