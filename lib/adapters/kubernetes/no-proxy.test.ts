import { expect, it } from 'vitest';
import { environmentProxy } from './no-proxy.ts';

const proxy = 'http://proxy:3128';
const chosen = (url: string, env: Record<string, string>): string | undefined => environmentProxy(new URL(url), env)?.href;

it.each([
  ['HTTPS_PROXY', 'https://api.lab:6443', { HTTPS_PROXY: proxy }],
  ['https_proxy', 'https://api.lab:6443', { https_proxy: proxy }],
  ['HTTP_PROXY for clear text', 'http://api.lab', { HTTP_PROXY: proxy }],
  ['an address without scheme', 'https://api.lab', { HTTPS_PROXY: 'proxy:3128' }],
  [
    'NO_PROXY for others',
    'https://api.lab',
    { HTTPS_PROXY: proxy, NO_PROXY: 'lab.org, otherapi.lab ,10.0.0.0/8,.api.lab,api.lab:8443,*.api.lab' },
  ],
  [
    'an address outside of the network',
    'https://192.168.1.1',
    { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8,fd00::/8,192.168.1.0/33,nonsense/8' },
  ],
])('uses the proxy of the environment: %s', (_what, url, env) => expect(chosen(url, env)).toBe('http://proxy:3128/'));

it.each([
  ['none is set', 'https://api.lab', {}],
  ['it is for clear text', 'https://api.lab', { HTTP_PROXY: proxy }],
  ['it is for TLS', 'http://api.lab', { HTTPS_PROXY: proxy }],
  ['it is this machine', 'https://localhost:6443', { HTTPS_PROXY: proxy }],
  ['it is a loopback address', 'https://127.0.1.1:6443', { HTTPS_PROXY: proxy }],
  ['it is the IPv6 loopback', 'https://[::1]:6443', { HTTPS_PROXY: proxy }],
  ['everything is exempt', 'https://api.lab', { HTTPS_PROXY: proxy, NO_PROXY: '*' }],
  ['the host is exempt', 'https://API.lab', { HTTPS_PROXY: proxy, no_proxy: 'api.LAB' }],
  ['the domain is exempt', 'https://api.lab', { HTTPS_PROXY: proxy, NO_PROXY: 'lab' }],
  ['its subdomains are exempt', 'https://api.lab', { HTTPS_PROXY: proxy, NO_PROXY: '.lab' }],
  ['its subdomains are exempt by a star', 'https://api.lab', { HTTPS_PROXY: proxy, NO_PROXY: '*.lab' }],
  ['the port is exempt', 'https://api.lab:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'api.lab:6443' }],
  ['the usual port is exempt', 'https://api.lab', { HTTPS_PROXY: proxy, NO_PROXY: 'api.lab:443' }],
  ['the address is exempt', 'https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.1.2.3' }],
  ['the network is exempt', 'https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }],
  ['the IPv6 network is exempt', 'https://[fd00::3]', { HTTPS_PROXY: proxy, NO_PROXY: 'fd00::/8' }],
  ['the IPv6 address with port is exempt', 'https://[fd00::3]:6443', { HTTPS_PROXY: proxy, NO_PROXY: '[fd00::3]:6443' }],
])('goes straight when %s', (_what, url, env) => expect(chosen(url, env)).toBeUndefined());
