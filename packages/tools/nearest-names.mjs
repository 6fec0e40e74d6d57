/**
 * The names most like a mistyped one, best first.
 *
 * @param {string} name
 * @param {string[]} candidates
 * @returns {string[]} at most three; none when nothing is similar
 */
export function nearestNames(name, candidates) {
  return candidates
    .map((candidate) => ({ candidate, similarity: similarity(name, candidate) }))
    .filter((match) => match.similarity >= 0.6)
    .sort((a, b) => b.similarity - a.similarity || a.candidate.localeCompare(b.candidate))
    .slice(0, 3)
    .map((match) => match.candidate);
}

/**
 * Sørensen–Dice coefficient of the names' letter pairs. It finds a word left out as well as a
 * letter mistyped, which an edit distance does not.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number} 0 (nothing in common) to 1 (the same pairs)
 */
function similarity(a, b) {
  const pairsOfA = letterPairs(a);
  const pairsOfB = letterPairs(b);
  const unmatched = [...pairsOfB];
  for (const pair of pairsOfA) {
    const index = unmatched.indexOf(pair);
    if (index >= 0) unmatched.splice(index, 1);
  }
  const shared = pairsOfB.length - unmatched.length;
  return (2 * shared) / (pairsOfA.length + pairsOfB.length || 1);
}

/**
 * @param {string} name
 * @returns {string[]}
 */
function letterPairs(name) {
  return Array.from({ length: Math.max(name.length - 1, 0) }, (_, index) =>
    name.slice(index, index + 2),
  );
}
