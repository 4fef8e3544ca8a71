/** Titles of tests that want nothing to fail, and no more; what is built, accepted or run is not looked at on purpose. */
const NO_FAILURE =
  /\b(throws?|thrown|throwing|crash\w*|errors?|fail\w*|panics?|raises?|exceptions?|warn\w*|hang\w*|leak\w*|block\w*|deadlock\w*|oom|exits?|cleanly|safe\w*|works?|working|runs?|render\w*|compil\w*|builds?|loads?|starts?|connects?|mounts?|imports?|accepts?|allow\w*|supports?|valid\w*|pass|passes|passing|ok|okay|smoke|typ(e|es|ed|ing|ings|escript)|inferred|handle\w*|exists?|defined|races?|concurren\w*|threads?|parallel|examples?|bench\w*|demo|scratch|playground|regress\w*|issues?|bugs?|gh|fix\w*|can|able|succe\w*|noop|empty|silence|dummy|placeholder|todo|coverage|cover|sanity|init\w*|create\w*|new|constructor|instantiate\w*|setup|teardown|close\w*|stop\w*|dispose\w*|cleanup|clean|shutdown|debug|print\w*|log|logs|logging|display\w*|shows?|draws?|plots?|parse|parses|parsing|call|calls|callable|usage|send|sync|nil|permit\w*|toler\w*|ignor\w*|break\w*|compat\w*|without)\b/i;

/** Titles of tests in which something is to fail. */
const FAILURE =
  /\b(throws?|thrown|throwing|errors?|err|fail\w*|panics?|raises?|exceptions?|reject\w*|refus\w*|den(y|ies|ied)|disallow\w*|forbid\w*|prevent\w*|abort\w*|in(valid|correct|complete|consistent)\w*|illegal|unsafe|bad|wrong|malformed|broken|corrupt\w*|missing|unknown|un(supported|authorized|reachable|expected|trusted|parsable|serializable)\w*|mismatch\w*|cannot|can't|unable|overflow\w*|underflow\w*|exceed\w*|past)\b/i;
/** What only says when something happens, or what is done about it. */
const WHEN =
  /\b(when|if|on|of|after|before|while|where|even|although|despite|once|upon|until|unless|handl\w*|recover\w*|surviv\w*|ignor\w*|swallow\w*|catch\w*|not|no|n't)\b.*$/i;

/** Whether the title of a test says that it wants nothing to fail, and no more. */
export function wantsNoFailure(title: string): boolean {
  return NO_FAILURE.test(wordsOf(title).replaceAll(/['’]/g, ' '));
}

/** What is to be as before, or gone, where something failed or fails: then which error it is is not what the test is about. */
const AFTER =
  /\b(leaves?|preserv\w*|keeps?|still|survives?|retr(y|ies)|fall(s|ing)?[ -]?backs?|avoids?|remov\w*|delet\w*|unregister\w*|clear\w*|revert\w*|roll(s|ed)?[ -]?back\w*|expire[sd]?|no longer|hangs?|leaks?|leaking)\b/i;

/** Whether the title of a test speaks of what is to be as before, or gone. */
export function isAboutAfter(title: string): boolean {
  return AFTER.test(wordsOf(title));
}

/** Whether the title of a test says that something is to fail: not only that it is about what happens then. */
export function wantsFailure(title: string): boolean {
  return FAILURE.test(wordsOf(title).replace(WHEN, '')) && !isAboutAfter(title);
}

function wordsOf(title: string): string {
  return title.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}
