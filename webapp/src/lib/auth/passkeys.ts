/** What browsers are asked about passkeys, as the server writes it, and what they answer, as it reads it. */

/** Whether this browser has passkeys, and gives and takes them as JSON. */
export function hasPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential
  );
}

/** A new passkey; null where the person has thought better of it. */
export function createPasskey(options: string): Promise<string | null> {
  const { publicKey } = JSON.parse(options) as { publicKey: PublicKeyCredentialCreationOptionsJSON };
  const asked = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
  return answer(() => navigator.credentials.create({ publicKey: asked }));
}

/** A passkey that is there; null where the person has thought better of it. */
export function usePasskey(options: string): Promise<string | null> {
  const { publicKey } = JSON.parse(options) as { publicKey: PublicKeyCredentialRequestOptionsJSON };
  const asked = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
  return answer(() => navigator.credentials.get({ publicKey: asked }));
}

async function answer(ask: () => Promise<Credential | null>): Promise<string | null> {
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? JSON.stringify(credential.toJSON()) : null;
  } catch (error) {
    // Called off, took too long, or is there already: the browser has said so itself.
    if (error instanceof DOMException) return null;
    throw error;
  }
}
