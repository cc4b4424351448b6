import { failed, type Result, succeed } from '../../core/failure.ts';

/** Hosts that answers may go to: `ci.example.com`, or `*.example.com` for everything below. Empty: nowhere. */
export type AllowedHosts = readonly string[];

const fits = (host: string, pattern: string): boolean => {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) && host.length > wanted.length - 1 : host === wanted;
};

/** The address, if answers may go there. Asked when it is read, and again when it is called: the list may have changed. */
export const allowedAddress = (text: string, hosts: AllowedHosts): Result<URL> => {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hash !== '')
    return failed('input-invalid', 'The address of the callback is no https:// address without user name and "#"; correct it.');
  if (!hosts.some((pattern) => fits(url.host, pattern)))
    return failed('permission-missing', 'The host of the callback is not allowed; ask whoever runs Gatehouse to allow it.');
  return succeed(url);
};

/** An address from configuration with nothing behind its path, for paths to be put behind it. A wrong one is a mistake of ours: configuration was validated. */
export const baseOf = (text: string): string => {
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error('a base address is https:// and has no query');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};
