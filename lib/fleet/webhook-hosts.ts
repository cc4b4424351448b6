import { failed, type Result, succeed } from '../core/failure.ts';

/** The hosts that webhooks may point to: `hooks.example.com`, or `*.example.com` for everything below. Nobody may point anywhere while it is empty. */
export interface WebhookHosts {
  readonly patterns: readonly string[];
  /** Lets webhooks lead to this machine, by http:// too: for tests, and for receivers beside a server that runs on one machine. */
  readonly isLoopbackAllowed?: boolean | undefined;
}

const matches = (host: string, pattern: string): boolean => {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) && host.length > wanted.length - 1 : host === wanted;
};
const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

/** The address of a webhook, if it may point there. To be asked when it is stored, and again whenever something is sent: the list may have changed. */
export const allowedUrl = (text: string, { patterns, isLoopbackAllowed = false }: WebhookHosts): Result<URL> => {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '')
    return failed('input-invalid', 'The address of the webhook is no https:// address without user name and "#"; correct it.');
  const host = url.hostname.replace(/\.$/, '');
  const isHttpAllowed = isLoopbackAllowed && isLoopback(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHttpAllowed))
    return failed(
      'input-invalid',
      'The address of the webhook is not https://, so anybody on the way could read and change what is sent; use https://.',
    );
  if (patterns.some((pattern) => matches(host, pattern))) return succeed(url);
  const may = patterns.length === 0 ? 'no host is allowed yet' : `allowed are ${patterns.join(', ')}`;
  return failed(
    'input-invalid',
    `Webhooks may not point to the host ${host} (${may}); choose another, or ask whoever runs Gatehouse to allow it.`,
  );
};
