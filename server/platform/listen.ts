import type { AddressInfo, Server } from 'node:net';

export interface Place {
  readonly port: number;
  /** `::` means all addresses of both families, or of IPv4 where the machine has no IPv6. */
  readonly host: string;
  /** Several processes listen on the port, and the system spreads connections over them. */
  readonly shared?: boolean;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
const hasNoIpv6 = (error: unknown): boolean =>
  ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(error) ?? '');
const cannotShare = (error: unknown): boolean =>
  ['ENOTSUP', 'EINVAL', 'ENOPROTOOPT', 'EOPNOTSUPP'].includes(codeOf(error) ?? '');

function tryToListen(server: Server, { port, host, shared = false }: Place): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: false, ...(shared ? { reusePort: true } : {}) }, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** Listens where it is told to; without sharing or without IPv6 where the system has none. */
export async function listenOn(server: Server, place: Place): Promise<AddressInfo> {
  try {
    return await tryToListen(server, place);
  } catch (error) {
    if (place.host === '::' && hasNoIpv6(error)) return listenOn(server, { ...place, host: '0.0.0.0' });
    if (place.shared === true && cannotShare(error)) return listenOn(server, { ...place, shared: false });
    throw error;
  }
}
