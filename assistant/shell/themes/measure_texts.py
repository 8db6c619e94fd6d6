"""What each measure is called and exactly how it is counted, in Spanish and English.

The same words stand on the managers' page and in the monthly report; docs/listening.md says more.
"""

from __future__ import annotations

ES = {
    "measure_resolved": "Resueltos",
    "measure_repeated": "Repetidos",
    "measure_escalated": "Consultados a la empresa",
    "measure_promises": "Promesas cumplidas",
    "measure_complaints": "Reclamaciones en plazo",
    "measure_answered": "Respondido por las fuentes",
    "measure_handle_time": "Duración",
    "meant_resolved": "De los contactos terminados cuyo resumen dice cómo acabaron, los que "
    "dejaron el asunto resuelto. Sin resumen no se sabe, y no se cuenta.",
    "meant_repeated": "De los contactos de los que se sabe el cliente y el tema, aquellos cuyo "
    "cliente ya había llamado por lo mismo en los 7 días anteriores.",
    "meant_escalated": "De todos los contactos, aquellos en los que el agente preguntó a la "
    "empresa.",
    "meant_promises": "De las promesas que vencían en el periodo y están cerradas, las que se "
    "cumplieron. Las vencidas y sin cerrar se dicen aparte; las cerradas de otro modo no cuentan.",
    "meant_complaints": "De las reclamaciones cuyo plazo acababa en el periodo, las que se "
    "contestaron dentro de él; vencida y sin contestar es fuera. Las que aún están en plazo se "
    "dicen aparte.",
    "meant_answered": "De lo que necesitaron los clientes en sus contactos y de lo que preguntaron "
    "los agentes, lo que las fuentes respondieron por completo.",
    "meant_handle_time": "Mediana desde que empieza un contacto hasta que termina. Va la última "
    "porque ser breve no es atender bien.",
}

EN = {
    "measure_resolved": "Resolved",
    "measure_repeated": "Repeated",
    "measure_escalated": "Asked of the company",
    "measure_promises": "Promises kept",
    "measure_complaints": "Complaints within deadline",
    "measure_answered": "Answered by the sources",
    "measure_handle_time": "Handle time",
    "meant_resolved": "Of the ended contacts whose summary says how they turned out, those that "
    "settled the matter. Without a summary it is not known, and not counted.",
    "meant_repeated": "Of the contacts of which customer and theme are known, those whose customer "
    "had already called about the same in the 7 days before.",
    "meant_escalated": "Of all contacts, those in which the agent asked the company.",
    "meant_promises": "Of the promises that fell due in the period and are closed, those that were "
    "kept. Those overdue and still open are told apart; those closed otherwise do not count.",
    "meant_complaints": "Of the complaints whose deadline was in the period, those answered within "
    "it; past and unanswered is late. Those whose deadline is still to come are told apart.",
    "meant_answered": "Of what customers needed in their contacts and what agents asked, what the "
    "sources answered in full.",
    "meant_handle_time": "Median from the beginning of a contact to its end. It comes last, since "
    "being brief is not serving well.",
}
