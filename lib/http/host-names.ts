const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);

/**
 * Whether a `Host` header is one of ours. A page somewhere can make its own name lead to 127.0.0.1 (DNS rebinding) and then talk to us as if it came from here;
 * its requests still carry that name. The port is free: tunnels change it.
 */
export const isOurHost = (header: string | undefined, listensOn: string, more: readonly string[]): boolean => {
  if (!isLoopback(listensOn) && more.length === 0) return true;
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? '')?.[1]?.toLowerCase();
  return name !== undefined && [...loopbackNames, ...more.map((one) => one.toLowerCase())].includes(name);
};
