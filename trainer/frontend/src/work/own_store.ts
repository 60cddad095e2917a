// Where own cases are kept: with the account, or on this device for guests and in a room.

import { send } from "../lib/http";
import { forget, recall, remember } from "../lib/store";

/** A text for each parameter; under "=" what is expected, under "#" the name. */
export type Values = Record<string, string>;

export const EXPECTED = "=";
export const NAME = "#";

export interface OwnCase {
  /** Its number on the server, or null while it has none. */
  id: number | null;
  values: Values;
}

export interface Store {
  save(one: OwnCase, all: OwnCase[]): Promise<void>;
  remove(one: OwnCase, all: OwnCase[]): Promise<void>;
}

/** With the account: each case is a row of its own, so that two tabs do not overwrite each other's. */
export class AccountStore implements Store {
  private readonly under = new Map<OwnCase, Promise<void>>();

  constructor(private readonly url: string) {}

  async save(one: OwnCase): Promise<void> {
    await this.under.get(one);
    const sending = this.put(one);
    this.under.set(one, sending.catch(() => undefined));
    await sending;
  }

  async remove(one: OwnCase): Promise<void> {
    await this.under.get(one);
    const id = one.id;
    one.id = null;
    if (id !== null) await send("DELETE", `${this.url}/${id}`, {});
  }

  private async put(one: OwnCase): Promise<void> {
    const { [EXPECTED]: expected = "", [NAME]: name = "", ...input } = one.values;
    const body = { name: name.slice(0, 80), input, expected };
    if (one.id === null) one.id = (await send<{ id: number }>("POST", this.url, body)).id;
    else await send("PUT", `${this.url}/${one.id}`, body);
  }
}

export class DeviceStore implements Store {
  constructor(private readonly key: string) {}

  read(): OwnCase[] {
    try {
      const found = JSON.parse(recall(this.key) ?? "[]") as Values[];
      return found.map((values) => ({ id: null, values }));
    } catch {
      return [];
    }
  }

  forget(): void {
    forget(this.key);
  }

  async save(_one: OwnCase, all: OwnCase[]): Promise<void> {
    remember(this.key, JSON.stringify(all.map((one) => one.values)));
  }

  async remove(one: OwnCase, all: OwnCase[]): Promise<void> {
    await this.save(one, all);
  }
}

/** What a guest kept on this device in the same place, where the account was made in this session: it comes with them. */
export function guestsCases(place: string): DeviceStore | null {
  if (document.documentElement.dataset["accountNew"] === undefined) return null;
  return new DeviceStore(place.replace(/^cases:[^:]*:/, "cases:guest:"));
}
