/**
 * Objects of one kind. They are replaced as a whole and listed by id, so that neither a listing nor a snapshot shows in
 * which order Terraform's parallel calls came.
 */
export class Table<T extends { readonly id: string }> {
  private readonly objects: Map<string, T>;

  constructor(objects: readonly T[] = []) {
    this.objects = new Map(objects.map((object) => [object.id, object]));
  }

  get(id: string): T | undefined {
    return this.objects.get(id);
  }

  has(id: string): boolean {
    return this.objects.has(id);
  }

  /** Adds the object, or replaces the one with its id. */
  put(object: T): T {
    this.objects.set(object.id, object);
    return object;
  }

  delete(id: string): void {
    this.objects.delete(id);
  }

  deleteWhere(matches: (object: T) => boolean): void {
    for (const object of this.where(matches)) {
      this.objects.delete(object.id);
    }
  }

  where(matches: (object: T) => boolean): T[] {
    return inOrder([...this.objects.values()].filter(matches));
  }

  find(matches: (object: T) => boolean): T | undefined {
    return this.where(matches)[0];
  }

  all(): T[] {
    return inOrder([...this.objects.values()]);
  }

  toJSON(): T[] {
    return this.all();
  }
}

function inOrder<T extends { readonly id: string }>(objects: T[]): T[] {
  return objects.sort((a, b) => (a.id < b.id ? -1 : 1));
}
