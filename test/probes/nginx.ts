import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair } from '../support/certificates.ts';
import { freePort, makeFolder, type Running, startProgram } from './programs.ts';

export interface Nginx {
  /** Files below `html`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly certificate?: Pair;
}

/** Directives that make it listen with the certificate it is given. */
export const withTls = 'listen PORT ssl; ssl_certificate server.crt; ssl_certificate_key server.key;';

/** nginx with one server; `PORT` in its text stands for the port. */
export const startNginx = async (server: string, { files = {}, certificate }: Nginx = {}): Promise<Running> => {
  const port = await freePort();
  const config = `daemon off; master_process off; pid nginx.pid; error_log stderr;
events {}
http {
  access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  server { ${server.replaceAll('PORT', `127.0.0.1:${port}`)} }
}`;
  const folder = makeFolder({
    'nginx.conf': config,
    ...(certificate && { 'server.crt': certificate.cert, 'server.key': certificate.key }),
  });
  mkdirSync(join(folder, 'html'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'html', name), text);
  return startProgram('usr/sbin/nginx', port, folder, ['-p', folder, '-c', 'nginx.conf']);
};
