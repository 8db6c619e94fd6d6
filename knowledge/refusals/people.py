"""Who may do what, accounts, passwords and signing in."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

PEOPLE: Final = {
    "action-ask": Wording("ask", "preguntar"),
    "action-read_source": Wording("read sources", "leer fuentes"),
    "action-give_feedback": Wording("give feedback", "dar avisos"),
    "action-hold_contacts": Wording("hold contacts", "llevar contactos"),
    "action-see_drafts": Wording("see drafts", "ver borradores"),
    "action-edit_source": Wording("edit sources", "modificar fuentes"),
    "action-publish": Wording("publish", "publicar"),
    "action-see_feedback": Wording("see feedback", "ver avisos"),
    "action-ask_as_told": Wording(
        "ask as it was answered before", "preguntar como se respondió antes"
    ),
    "action-evaluate": Wording("evaluate", "evaluar"),
    "action-read_audit": Wording("read the audit trail", "leer el registro de auditoría"),
    "action-export": Wording("export", "exportar"),
    "action-manage_audiences": Wording("manage audiences", "gestionar destinatarios"),
    "action-manage_accounts": Wording("manage accounts", "gestionar cuentas"),
    "action-see_contacts": Wording("see others' contacts", "ver contactos de otras personas"),
    "action-feed_contacts": Wording("bring contacts in", "traer contactos"),
    "action-see_customer": Wording("see customers", "ver clientes"),
    "action-see_customer_contact": Wording(
        "see how to reach customers", "ver cómo contactar con los clientes"
    ),
    "action-answer_escalations": Wording(
        "answer what agents ask the company", "responder a lo que los agentes preguntan a la casa"
    ),
    "grant": Wording("{role}@{audience}", "la función «{role}» para «{audience}»"),
    "role-agent": Wording("agent", "agente"),
    "role-manager": Wording("manager", "documentos"),
    "role-approver": Wording("approver", "revisión"),
    "role-expert": Wording("expert", "experto"),
    "role-qa": Wording("qa", "calidad"),
    "role-admin": Wording("admin", "administración"),
    "role-channel": Wording("channel", "canal"),
    "may": Wording(
        "{name} may {action} for {labels}: {grants} reaches it",
        "{name} puede {action} para {labels}: lo permite {grants}",
    ),
    "may-not-by-role": Wording(
        "{name} may not {action} for {labels}: holds {held}, which does not allow it; ask an "
        "administrator for a role that does",
        "{name} no puede {action} para {labels}: tiene {held}, que no lo permite; pida a quien "
        "administra una función que lo permita",
    ),
    "may-not-by-reach": Wording(
        "{name} may not {action} for {labels}: {grants} does not reach {left}; ask an "
        "administrator, or somebody who answers for it",
        "{name} no puede {action} para {labels}: {grants} no alcanza a {left}; pídalo a quien "
        "administra, o a quien lleve ese grupo",
    ),
    "may-not-by-owner": Wording(
        "{name} may not {action} for {labels}: the account that it belongs to may not",
        "{name} no puede {action} para {labels}: la cuenta a la que pertenece no puede",
    ),
    "may-not-by-key": Wording(
        "{name} may not {action} for {labels}: it is an API key, and this is for people; sign in",
        "{name} no puede {action} para {labels}: es una clave de programa, y esto es para "
        "personas; entre con su cuenta",
    ),
    "nothing": Wording("nothing", "nada"),
    # Accounts
    "grant-form": Wording(
        "{text!r} is no grant: write ROLE@AUDIENCE, as in agent@{everyone}, with one of the roles "
        "{roles}",
        "«{text}» no es una función para unos destinatarios: escriba FUNCIÓN@DESTINATARIOS, como "
        "agent@{everyone}, con una de las funciones {roles}",
    ),
    "account-name": Wording(
        "the account name {name!r} cannot be used: use 1 to 64 lower-case letters, digits and "
        ". _ - + @, beginning with a letter or digit",
        "el nombre de cuenta «{name}» no sirve: use de 1 a 64 letras minúsculas sin tilde, cifras "
        "y . _ - + @, empezando por letra o cifra",
    ),
    "account-unknown": Wording(
        "there is no account {name!r}: `voz users list` shows all, `voz users add` makes one",
        "no hay ninguna cuenta «{name}»: mire la lista de cuentas, o añádala",
    ),
    "account-began": Wording(
        "{day} is still to come: write the day on which the person began",
        "el {day} aún no ha llegado: escriba el día en que empezó la persona",
    ),
    "account-taken": Wording(
        "there is an account {name!r} already: choose another name, or use `voz users password` "
        "to let it in again",
        "ya hay una cuenta «{name}»: elija otro nombre; si es de quien olvidó la contraseña, dele "
        "una nueva en su cuenta",
    ),
    "account-elsewhere": Wording(
        "{name!r} signs in with {provider} and has no password here: change it there",
        "«{name}» entra con {provider} y no tiene contraseña aquí: cámbiela allí",
    ),
    "account-last-admin": Wording(
        "that would leave nobody with {grant}: give it to another account first, with `voz users "
        "grant`",
        "así no quedaría nadie con {grant}, y nadie podría administrar: dé antes esa función a "
        "otra cuenta",
    ),
    "grant-not-held": Wording(
        "{name!r} does not hold {grant}: it holds {held}",
        "«{name}» no tiene {grant}: tiene {held}. Vuelva a cargar la página",
    ),
    # Passwords and signing in
    "password-length": Wording(
        "the password has {count} characters: use {least} to {most}, for instance four words that "
        "do not belong together",
        "la contraseña tiene {count} caracteres: use de {least} a {most}, por ejemplo cuatro "
        "palabras que no vayan juntas",
    ),
    "password-common": Wording(
        "the password is one that many people choose, or made of the account's name: use, for "
        "instance, four words that do not belong together",
        "esa contraseña la elige mucha gente, o sale del nombre de la cuenta: use, por ejemplo, "
        "cuatro palabras que no vayan juntas",
    ),
    "password-same": Wording(
        "the new password is the current one: choose another",
        "la contraseña nueva es la misma que la actual: elija otra",
    ),
    "sign-in-wrong": Wording(
        "the name or the password is not right: try again, or ask an administrator for a new one",
        "el nombre o la contraseña no son correctos: inténtelo de nuevo, o pida una nueva a quien "
        "administra",
    ),
    "sign-in-nothing": Wording(
        "{name} was recognised, but may do nothing here: ask an administrator for a role, or to "
        "be let in again",
        "se ha reconocido a {name}, pero no puede hacer nada aquí: pida una función a quien "
        "administra, o que le deje entrar de nuevo",
    ),
    "sign-in-wait": Wording(
        "too many tries to sign in: wait {seconds} s, then try again",
        "demasiados intentos de entrar: espere {seconds} s y vuelva a intentarlo",
    ),
    "session-ended": Wording(
        "the session has ended: sign in again",
        "la sesión ha terminado: vuelva a entrar",
    ),
}
