type Copy = "raw" | "scanned";

interface Service {
  readonly receivers: Service[];
  scans: boolean;
  /** The fewest hops after which a file is here, if it was scanned by then and if it was not. */
  readonly hops: Partial<Record<Copy, number>>;
}

class Bus {
  private readonly services = new Map<string, Service>();

  service(name: string): Service {
    let service = this.services.get(name);
    if (!service) {
      service = { receivers: [], scans: false, hops: {} };
      this.services.set(name, service);
    }
    return service;
  }

  send(from: Service): void {
    const files: [Service, Copy][] = [];
    const arrive = (service: Service, copy: Copy, hops: number): void => {
      const kept: Copy = service.scans ? "scanned" : copy;
      if (service.hops[kept] === undefined) {
        service.hops[kept] = hops;
        files.push([service, kept]);
      }
    };

    arrive(from, "raw", 0);
    for (const [service, copy] of files) {
      const hops = service.hops[copy]! + 1;
      service.receivers.forEach((receiver) => arrive(receiver, copy, hops));
    }
  }
}

function fewestHops(
  links: readonly (readonly string[])[],
  scanners: readonly string[],
  start: string,
  target: string,
): number | null {
  const bus = new Bus();
  for (const [sender, receiver] of links) {
    bus.service(sender).receivers.push(bus.service(receiver));
  }
  for (const name of scanners) {
    bus.service(name).scans = true;
  }
  bus.send(bus.service(start));
  return bus.service(target).hops.scanned ?? null;
}
