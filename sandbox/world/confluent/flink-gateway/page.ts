import { Refusal } from "../../refusal";
import type { JsonObject } from "../../values";

export interface Page<T> {
  readonly items: readonly T[];
  /** `self` and `next`; the latter is empty on the last page. */
  readonly metadata: JsonObject;
}

/**
 * The page that `page_size` and `page_token` ask for.
 *
 * @param self address of the whole list
 * @param defaults elements of a page unless a size is asked for, and at most
 * @throws Refusal when the size or the token is none
 */
export function page<T>(
  all: readonly T[],
  self: string,
  query: URLSearchParams,
  defaults: { readonly size: number; readonly limit: number },
): Page<T> {
  const asked = query.get("page_size") ?? String(defaults.size);
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1 || size > defaults.limit) {
    throw new Refusal(
      400,
      `page_size must be a whole number from 1 to ${defaults.limit}, got ${asked}`,
    );
  }
  const start = decode(query.get("page_token"));
  const end = start + size;
  const next = new URL(self);
  for (const [name, value] of query) {
    next.searchParams.set(name, value);
  }
  next.searchParams.set("page_token", Buffer.from(`from:${end}`).toString("base64url"));
  return {
    items: all.slice(start, end),
    metadata: { self, next: end < all.length ? next.href : "" },
  };
}

function decode(token: string | null): number {
  if (token === null || token === "") {
    return 0;
  }
  const [, start] = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (start === undefined) {
    throw new Refusal(400, "page_token is none that this list has given");
  }
  return Number(start);
}
