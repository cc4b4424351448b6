import { failed, type Result, succeed } from '../../../core/failure.ts';

/** Whether an address never leaves this machine. */
export const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Whether what is sent there can be read on the way by nobody else. */
export const isPrivate = (url: URL): boolean => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

/** An address that a secret may be sent to; `what` names it in the sentence of a failure, e.g. `The server`. */
export const secureUrl = (text: string, what: string): Result<URL> => {
  const url = URL.parse(text);
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    return failed('input-invalid', `${what} must be an address such as https://gatehouse.example.com, without user name and password.`);
  if (!isPrivate(url))
    return failed('input-invalid', `${what} ${url.origin} is reached without TLS; use https:// (http:// is for this machine only).`);
  return succeed(url);
};

/** The address of a service as it names its credentials: no path at its end, no query. */
export const serverOf = (text: string): Result<string> => {
  const url = secureUrl(text.trim(), 'The server');
  if (!url.ok) return url;
  const { origin, pathname, search, hash } = url.value;
  if (search !== '' || hash !== '') return failed('input-invalid', 'The server must be an address without "?" and "#".');
  // API Gateway serves under the name of a stage
  return succeed(`${origin}${pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`);
};
