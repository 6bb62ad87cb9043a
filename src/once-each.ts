/** Answers that are the same however often they are asked for: within a call, what is shared is worked out once. */

/** @returns answers each question once, for as long as it is kept itself */
export function onceEach<Question, Answer>(
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  const known = new Map<Question, Answer>();
  return (question) => {
    const before = known.get(question);
    if (before !== undefined || known.has(question)) return before as Answer;
    const made = answer(question);
    known.set(question, made);
    return made;
  };
}

/** @returns works its answer out when it is first asked */
export function once<Answer>(answer: () => Answer): () => Answer {
  let made: { readonly value: Answer } | undefined;
  return () => {
    made ??= { value: answer() };
    return made.value;
  };
}
